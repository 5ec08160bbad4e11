class A:
    def do_x(self): pass
    def do_y(self): pass
    def go(self, n):
        getattr(self, "do_" + n)()
A().go("x")
