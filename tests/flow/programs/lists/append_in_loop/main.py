def f():
    pass

actions = []
for i in range(3):
    actions.append(f)
actions[0]()
