"""Benchmarks: each one command that prints a table beside a floor measured in the same run."""
