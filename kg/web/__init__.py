"""The local server: pages for people, linked data and SPARQL 1.1 Protocol for programs; reads a finished graph only.

Queries run in processes of their own (`worker`, kept by `pool`), since a query can neither be stopped nor bounded
inside the server's.
"""
