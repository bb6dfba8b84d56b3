"""Runs a sweep of Pursuit on many machines, with Dask Distributed.

No mathematics is in here. `pursuit dispatch` says which trials are missing and keeps their records, `pursuit trials`
runs them; this package carries lines of JSON between the one and the many of the other. src/cli/dispatch.rs has
the protocol.
"""
