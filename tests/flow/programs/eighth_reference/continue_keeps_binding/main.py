def a(): pass
def b(): pass
f = a
for x in [1, 2]:
    if x == 1:
        f = b
        continue
f()
