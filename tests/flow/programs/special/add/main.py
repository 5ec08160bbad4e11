class A:
    def __add__(self, other):
        return self

    def run(self):
        pass

(A() + A()).run()
