"""LitBank: mentions and clusters as annotations of brat, quotations as a table of tokens."""
