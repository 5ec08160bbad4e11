"""What library symbols, hosts, model ids, data sets and record shapes mean: data in YAML, and its loader."""
