def deco(f):
    return f

@deco
def work():
    pass

work()
