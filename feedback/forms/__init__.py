"""What people fill in, and the words when something needs another look."""
