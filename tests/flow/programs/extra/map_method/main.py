class A:
    def work(self, x):
        return x

a = A()
list(map(a.work, [1]))
