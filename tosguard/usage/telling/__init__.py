"""Patterns, the choice among them, and how a usage is told: merged, traced, with its attributes."""
