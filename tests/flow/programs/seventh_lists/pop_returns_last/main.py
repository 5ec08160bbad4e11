def a(): pass
def b(): pass
fs = [a, b]
f = fs.pop()
f()
