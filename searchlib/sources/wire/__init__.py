"""What agencies send → articles: NewsML, NITF, ninjs, AP's JSON, IPTC 7901, ANPA 1312."""
