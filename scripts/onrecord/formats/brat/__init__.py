"""brat's standoff format.

A document is a text file and a file of annotations, one a line; beside them our exports have a
file of JSON with what brat has no place for.
"""
