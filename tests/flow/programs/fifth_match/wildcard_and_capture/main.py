def one():
    pass
def run(x):
    match x:
        case None:
            pass
        case f:
            f()
run(one)
