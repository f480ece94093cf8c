"""Web pages, saved or in web archives → articles."""
