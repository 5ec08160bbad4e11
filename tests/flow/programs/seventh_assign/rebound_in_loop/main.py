def a(): pass
def b(): pass
f = a
for _ in range(2):
    f()
    f = b
