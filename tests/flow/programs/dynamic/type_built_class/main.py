def f(self):
    pass

A = type("A", (), {"run": f})
A().run()
