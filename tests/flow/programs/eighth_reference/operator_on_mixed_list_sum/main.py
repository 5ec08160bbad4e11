class V:
    def __add__(self, o): return V()
    def __radd__(self, o): return V()
    def show(self): pass
sum([V(), V()]).show()
