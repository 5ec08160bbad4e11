"""Who calls whom and which values flow where, across the whole project."""
