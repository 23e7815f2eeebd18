"""People in a real browser: every survey walked from its definition, every state of every page."""
