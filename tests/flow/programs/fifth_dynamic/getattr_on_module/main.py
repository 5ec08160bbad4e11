import tools
for name in ("a", "b"):
    getattr(tools, name)()
