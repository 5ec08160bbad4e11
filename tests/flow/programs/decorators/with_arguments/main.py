def repeat(times):
    def deco(f):
        def wrapped():
            f()
        return wrapped
    return deco

@repeat(3)
def work():
    pass

work()
