class A:
    @classmethod
    def make(cls): return cls()
class B(A):
    @classmethod
    def make(cls): return super().make()
    def run(self): pass
B.make().run()
