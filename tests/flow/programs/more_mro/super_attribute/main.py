class A:
    def run(self): pass
class B(A):
    def go(self):
        m = super().run
        m()
    def run(self): pass
B().go()
