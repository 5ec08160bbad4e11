def make(): return act
def act(): pass
if (f := make()):
    f()
