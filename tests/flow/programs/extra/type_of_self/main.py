class A:
    def __init__(self):
        pass

    def copy(self):
        return type(self)()

A().copy()
