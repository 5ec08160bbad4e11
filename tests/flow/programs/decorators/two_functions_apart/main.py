def deco(f):
    def inner():
        f()
    return inner

@deco
def first():
    pass

@deco
def second():
    pass

def run():
    first()

run()
