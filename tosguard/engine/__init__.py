"""The run: sources, syntax, flow, usage, policy, findings, report, one after the other."""
