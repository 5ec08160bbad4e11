def one():
    pass
def two():
    pass
match [one, [two]]:
    case [f, [g]]:
        g()
