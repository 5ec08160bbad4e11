class A:
    def __init__(self, x):
        pass

    def run(self):
        pass

for a in map(A, [1, 2]):
    a.run()
