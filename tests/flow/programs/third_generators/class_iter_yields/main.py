def one():
    pass
class Bag:
    def __iter__(self):
        yield one
for f in Bag():
    f()
[g() for g in Bag()]
