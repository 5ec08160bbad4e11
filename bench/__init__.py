"""Measurements that are run by hand: speed and memory beside other tools, and what the catalogue covers."""
