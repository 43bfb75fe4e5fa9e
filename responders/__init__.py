"""Chooses words. `suggest` offers replies, `read` is the second reader; neither posts, and neither decides."""

from responders.suggest import suggest
from responders.tone import read

__all__ = ["read", "suggest"]
