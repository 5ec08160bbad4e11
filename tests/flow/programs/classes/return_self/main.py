class A:
    def first(self):
        return self

    def second(self):
        return self

A().first().second()
