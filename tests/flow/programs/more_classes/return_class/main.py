class A:
    def __init__(self):
        pass

    def run(self):
        pass

def choose():
    return A

choose()().run()
