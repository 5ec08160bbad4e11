def a(x): pass
[(lambda v: a(v))(x) for x in [1]]
