def f(): pass
def add(xs): xs += [f]
hooks = []
add(hooks)
hooks[0]()
