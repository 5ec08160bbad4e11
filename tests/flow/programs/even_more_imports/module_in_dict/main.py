import a, b
{"a": a, "b": b}["a"].f()
