"""What the trials meet: a square of its own process, begun anew for every round."""

from tests.square import square, square_process

__all__ = ["square", "square_process"]
