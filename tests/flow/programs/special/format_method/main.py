class A:
    def __format__(self, spec):
        return "a"

text = f"{A():>10}"
