"""Seats in other people's programs. Each needs an extra of its own, and speaks to an engine as any front end does."""
