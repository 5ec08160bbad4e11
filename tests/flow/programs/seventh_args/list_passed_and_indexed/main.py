def a(): pass
def b(): pass
def run(fs): fs[1]()
run([a, b])
