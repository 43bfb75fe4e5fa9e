"""The same trials on a copy of the house with one of its mechanisms switched off: they must fail then."""
