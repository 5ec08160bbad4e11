def deco(f):
    def inner(*args):
        return f(*args)
    return inner

@deco
def work():
    pass

work()
