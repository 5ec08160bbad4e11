def one():
    pass

def two():
    pass

def run(a, b):
    b()

settings = {"a": one, "b": two}
run(**settings)
