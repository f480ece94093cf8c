"""A small Django site, for the tests of the backend of django-haystack."""
