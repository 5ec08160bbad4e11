"""What collectors of evidence read: the solution, names, prompts, records and routes."""
