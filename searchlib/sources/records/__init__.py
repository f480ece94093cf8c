"""Records of named values, from JSON, tables and databases → articles."""
