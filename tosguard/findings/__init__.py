"""Findings: judgements that ask for something, how they are known again, and what was decided about them."""
