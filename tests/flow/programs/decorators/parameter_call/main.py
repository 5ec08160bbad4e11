def log():
    pass

def deco(hook):
    def inner(f):
        hook()
        return f
    return inner

@deco(log)
def work():
    pass

work()
