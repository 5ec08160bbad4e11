def a(): pass
def b(): pass
fs = [a, b]
for i in range(len(fs)):
    fs[i]()
