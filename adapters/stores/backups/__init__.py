"""Everything of a team in a folder, taken while it works, and back into an empty store."""
