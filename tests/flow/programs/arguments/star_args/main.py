def one():
    pass

def two():
    pass

def run(*actions):
    actions[1]()

run(one, two)
