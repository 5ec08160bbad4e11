class A:
    def a(self):
        pass
class B:
    def b(self):
        pass
def run(x):
    if isinstance(x, A):
        x.a()
    elif isinstance(x, B):
        x.b()
run(A())
run(B())
