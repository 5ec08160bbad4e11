def f():
    pass

def g():
    pass

table = {"x": [f], "y": [g]}
for action in table["y"]:
    action()
