def a(): pass
def b(): pass
for i, f in enumerate((a, b)):
    if i == 1:
        f()
