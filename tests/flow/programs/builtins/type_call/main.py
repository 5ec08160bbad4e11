class A:
    def __init__(self):
        pass

    def run(self):
        pass

a = A()
b = type(a)()
b.run()
