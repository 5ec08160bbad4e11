hooks = []
def hook(f):
    hooks.append(f)
    return f
@hook
def a():
    pass
@hook
def b():
    pass
def run():
    for h in hooks:
        h()
run()
