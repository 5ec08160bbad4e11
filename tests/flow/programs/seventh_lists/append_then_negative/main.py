def a(): pass
def b(): pass
fs = [a]
fs.append(b)
fs[-1]()
