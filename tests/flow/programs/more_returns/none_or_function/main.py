def f(): pass
def get(x):
    if x:
        return f
get(1)()
