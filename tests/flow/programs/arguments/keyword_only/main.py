def leaf():
    pass

def run(*, action):
    action()

run(action=leaf)
