calls = []
def reg(fn):
    calls.append(fn)
    return fn
@reg
def a(): pass
@reg
def b(): pass
for c in calls:
    c()
