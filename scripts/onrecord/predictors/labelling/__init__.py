"""Sequence labelling: from tokens to spans, and what learns it."""
