"""Bytes → text: what they are read as, and what there is to say of it."""
