class A:
    def copy(self):
        return self.__class__()

    def run(self):
        pass

class B(A):
    def run(self):
        pass

B().copy().run()
