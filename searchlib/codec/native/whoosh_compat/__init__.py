"""What programs written for Whoosh can keep in an index of this codec, and articles do not need.

payloads         values of postings in Whoosh's own formats
vectors          the terms of one article's field
foreign_columns  columns of types that only Whoosh can write
"""
