"""The Discord room. Painting and reading are pure; `room.py` and what it imports speak with Discord."""
