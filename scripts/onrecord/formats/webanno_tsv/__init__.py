"""WebAnno TSV 3, as WebAnno, INCEpTION and GUM write it.

`header` says what the columns hold, `cells` takes cells apart, `table` the lines, `text` puts the
text together and finds the unit of the offsets, `annotate` makes a graph of it all.
"""
