class A:
    def __iter__(self):
        return B()
class B:
    def __next__(self):
        raise StopIteration
list(A())
