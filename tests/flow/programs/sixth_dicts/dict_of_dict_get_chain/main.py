def f(): pass
conf = {"a": {"b": f, "c": None}}
conf.get("a", {}).get("b")()
