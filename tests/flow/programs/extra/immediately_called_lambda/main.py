def f():
    pass

(lambda g: g())(f)
