class A:
    def __init__(self):
        pass

    def run(self):
        pass

def build(cls):
    return cls()

build(A).run()
