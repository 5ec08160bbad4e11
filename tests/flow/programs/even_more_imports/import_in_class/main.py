class A:
    from tools import f
    def go(self):
        A.f()
A().go()
