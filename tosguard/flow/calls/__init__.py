"""Calls: which functions a call enters, with what, and what comes back of it."""
