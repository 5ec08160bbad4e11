class A:
    def __repr__(self):
        return "a"

repr(A())
