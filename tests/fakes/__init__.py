"""Fakes that behave: in memory, and held to the same contracts as what they stand for."""
