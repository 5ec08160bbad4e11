"""Collectors of evidence, one module for each family of patterns. Each looks at one site and says what it saw."""
