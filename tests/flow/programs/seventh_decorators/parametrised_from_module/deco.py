def times(n):
    def outer(fn):
        def inner(): return fn()
        return inner
    return outer
