class A:
    def __reversed__(self):
        return iter([f])

def f():
    pass

for step in reversed(A()):
    step()
