HOOKS = []
def on(fn):
    HOOKS.append(fn)
def fire():
    for h in HOOKS:
        h()
def f(): pass
on(f)
fire()
