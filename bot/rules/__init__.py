"""What may happen, and why not: one function a command. Pure."""
