"""From flat spans to an article: who is who, who speaks, whose claim it is.

`compose` calls the others. Spans become references (`mending`, `forms`) and drafts of quotes
(`draft`, `grouping`); these find speakers (`speakers`, with `subjects` and `turns`); references
become clusters (`coreference`, with `cluster`, `aliases`, `gender` and `antecedents`). Records are
made last (`actors`, `quotes`, `claims` with `modality`).
"""
