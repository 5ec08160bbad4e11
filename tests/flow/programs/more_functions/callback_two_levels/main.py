def first(cb):
    second(cb)

def second(cb):
    third(callback=cb)

def third(callback):
    callback()

def leaf():
    pass

first(leaf)
