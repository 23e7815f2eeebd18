"""Numbers and words in, numbers and words out: no pages, no database, no files, no network."""
