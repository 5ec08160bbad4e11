def leaf():
    pass

def run(action, /, times):
    action()

run(leaf, 3)
