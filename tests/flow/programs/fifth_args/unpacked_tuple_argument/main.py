def one():
    pass
def two():
    pass
def run(f, g):
    g()
pair = (one, two)
run(*pair)
