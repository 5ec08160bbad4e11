def a(): pass
def b(): pass
def run(f=lambda: a()): f()
run()
run(lambda: b())
