def first[T](xs: list[T]) -> T:
    return xs[0]
def act(): pass
first([act])()
