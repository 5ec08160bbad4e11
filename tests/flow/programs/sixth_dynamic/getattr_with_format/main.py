class A:
    def do_x(self): pass
    def do_y(self): pass
    def run(self, n): getattr(self, "do_{}".format(n))()
A().run("x")
