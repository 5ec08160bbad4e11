"""Usages: which call sites use a provider for what, from evidence in the flow solution and in names."""
