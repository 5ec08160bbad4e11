class A:
    count = 0

    def __init__(self):
        A.count += 1
        self.note()

    def note(self):
        pass

A()
