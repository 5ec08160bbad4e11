class V:
    def __add__(self, other):
        return self
    def __radd__(self, other):
        return self
a = V() + V()
