"""Comparing two annotations of the same documents."""
