def memo(f):
    cache = {}
    def inner(x):
        if x not in cache:
            cache[x] = f(x)
        return cache[x]
    return inner
def fib(n):
    return n
fast = memo(fib)
fast(3)
