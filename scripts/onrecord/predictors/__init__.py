"""Models that annotate: one module each."""
