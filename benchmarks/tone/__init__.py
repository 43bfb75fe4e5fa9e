"""How well the second reader reads."""
