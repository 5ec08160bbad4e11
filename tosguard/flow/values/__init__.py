"""Abstract values: what an expression may be, where it was born, and how two of them are joined."""
