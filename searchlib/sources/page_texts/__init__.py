"""Pages as copied from a news site, and other plain texts → articles."""
