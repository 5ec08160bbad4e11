class A:
    @classmethod
    def make(cls):
        return cls()

    def run(self):
        pass

class B(A):
    def run(self):
        pass

B.make().run()
