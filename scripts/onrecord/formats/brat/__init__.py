"""brat's standoff format.

A document is a text file and a file of annotations, one a line; beside them our exports have a
file of JSON with what brat has no place for. `files` has the names in them, `lines` and `reader`
make a graph of annotations, `places` says what their offsets count, `pieces` cuts them at the ends
of lines, `conf` tells brat what may be annotated.
"""
