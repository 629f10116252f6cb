"""Annotations as other tools have them: labelled spans over a text, attributes, and links.

`graph` is what every format is read into and written from; `scheme` makes it of an article,
`mapping` makes an article of it, by a map that says what its labels mean.
"""
