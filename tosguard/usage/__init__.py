"""Usages: which call sites use a provider for what, from evidence that the flow solution and the project's names give."""
