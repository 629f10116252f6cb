"""What tools write when an annotator makes one edit, and what has to come of it."""
