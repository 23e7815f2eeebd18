"""Rows in, bytes out: charts, tables and files to exchange."""
