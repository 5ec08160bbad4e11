def one():
    pass
def two():
    pass
def run(*fs):
    if fs:
        fs[0]()
        run(*fs[1:])
run(one, two)
