def other():
    pass

def deco(f):
    return other

@deco
def work():
    pass

work()
