"""How the rules find spans: marks, words of saying, names, noun phrases, clauses.

All stand on a `reading` of the document (`tokens`, `quotations`). Quotes are found by `reporting`
(with `sentence`, `cues`, `complements`, `frames`), actors by `naming` and `kinds`, `nominals` (of
`phrases`) and `pronouns`, claims by `asserting` (with `clauses`).
"""
