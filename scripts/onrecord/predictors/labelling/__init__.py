"""Sequence labelling: from tokens to spans, and what learns it.

`rows` gives the words of a paragraph, `decode` spans for their labels. Conditional random fields
see `features` (with `enclosure` and `learnt_cues`) and are trained by `fit`; transformers are
`pretrained`, read `pieces`, mean by their labels what `meanings` says, and are trained by
`finetune`.
"""
