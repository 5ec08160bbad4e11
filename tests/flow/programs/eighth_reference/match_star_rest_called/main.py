def a(): pass
def b(): pass
match [a, b]:
    case [first, *others]:
        others[0]()
