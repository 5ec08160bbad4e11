class A:
    def __call__(self, f): f()
def act(): pass
A()(act)
