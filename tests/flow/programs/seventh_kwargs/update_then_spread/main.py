def a(): pass
def b(): pass
def run(first, second): second()
opts = {"first": a}
opts["second"] = b
run(**opts)
