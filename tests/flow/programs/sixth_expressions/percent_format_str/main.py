class A:
    def __str__(self): return "a"
class B:
    def __repr__(self): return "b"
"%s %r" % (A(), B())
