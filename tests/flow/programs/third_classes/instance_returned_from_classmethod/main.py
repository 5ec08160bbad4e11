class A:
    @classmethod
    def make(cls):
        return cls()
    def go(self):
        pass
class B(A):
    def go(self):
        pass
B.make().go()
