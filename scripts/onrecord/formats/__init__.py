"""What the formats of import and export are like: what a reader and a writer of one share."""
