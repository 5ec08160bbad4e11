class A:
    def __enter__(self):
        return self
    def __exit__(self, *a):
        self.close()
    def close(self):
        pass
def use(a):
    with a:
        pass
use(A())
