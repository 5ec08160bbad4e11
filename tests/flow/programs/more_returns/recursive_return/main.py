def f(): pass
def get(n):
    if n == 0:
        return f
    return get(n - 1)
get(3)()
