class A:
    def score(self):
        return 1
best = max([A()], key=lambda a: a.score())
best.score()
