"""The solver: work list, contexts' evaluation, bounds, and the facts that are told in the end."""
