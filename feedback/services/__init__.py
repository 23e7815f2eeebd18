"""What the product does. Services flush and never commit; the request or job commits once."""
