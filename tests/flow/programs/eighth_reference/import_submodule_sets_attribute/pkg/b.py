import pkg.a
def g(): pkg.a.f()
