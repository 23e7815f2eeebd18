"""Tests of one floor; a package, for floors have files of the same name."""
