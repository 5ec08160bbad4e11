def f(i):
    pass

actions = [lambda: f(i) for i in map(lambda x: x, range(3))]
actions[0]()
