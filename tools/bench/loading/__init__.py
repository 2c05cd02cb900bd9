"""Helpers of the benchmarks: filling a database, and putting load on a server with little CPU of our own."""
