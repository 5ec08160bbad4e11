"""Renderers: each turns a finished report into one format and does nothing else."""
