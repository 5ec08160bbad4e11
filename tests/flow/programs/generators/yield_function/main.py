def f():
    pass

def steps():
    yield f

for step in steps():
    step()
