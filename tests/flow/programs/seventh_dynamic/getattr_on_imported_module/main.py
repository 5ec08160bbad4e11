import ops
name = "sub"
getattr(ops, name)()
