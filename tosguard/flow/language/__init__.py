"""The language: what statements, expressions, names, classes and loops of Python do to values."""
