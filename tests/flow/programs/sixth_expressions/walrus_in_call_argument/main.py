def make(): return act
def act(): pass
def show(x): x()
show(f := make())
f()
