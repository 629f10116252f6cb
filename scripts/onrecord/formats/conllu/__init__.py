"""CoNLL-U with CorefUD: its sentences, and its spans in brackets."""
