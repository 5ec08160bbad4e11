class A:
    def __init__(self):
        pass
    def go(self):
        pass
class B:
    def __init__(self):
        pass
    def go(self):
        pass
kinds = {"a": A, "b": B}
kinds["b"]().go()
