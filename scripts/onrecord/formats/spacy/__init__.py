"""spaCy: how its documents hold an article, and the files of them that anyone may have made."""
