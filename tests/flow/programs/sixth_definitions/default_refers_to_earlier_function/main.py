def f(): pass
def run(action=f): return action
f = None
run()()
