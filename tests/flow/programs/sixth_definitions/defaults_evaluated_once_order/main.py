def make(): return act
def act(): pass
def run(x, f=make(), *, g=make()):
    f(); g()
run(1)
