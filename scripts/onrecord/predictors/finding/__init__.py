"""How the rules find spans: marks, words of saying, names, noun phrases, clauses."""
