"""What the formats of import and export are like: what a reader and a writer of one share.

A format has a module or a folder that is called like it. Shared by several are `about`, `document`
(fields of a document), `aside` (what stands nowhere in the text), `blocks` (markup to paragraphs),
`dkpro` (names of UIMA), `exact` and `offsets` (where words stand), `shapes` (JSON), `words` (of an
article) and `xml`.
"""
