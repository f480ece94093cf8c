"""Stories and comments on them."""
