"""Select statements, one file a noun."""
