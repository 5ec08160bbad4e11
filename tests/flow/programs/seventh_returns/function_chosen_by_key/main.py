def a(): pass
def b(): pass
def pick(k):
    if k == "a":
        return a
    return b
pick("a")()
