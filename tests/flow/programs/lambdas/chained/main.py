def f():
    pass

outer = lambda: lambda: f()
outer()()
