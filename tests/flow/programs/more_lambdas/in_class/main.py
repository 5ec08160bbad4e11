def f(): pass
class A:
    run = lambda self: f()
A().run()
