class Bag:
    def __iter__(self):
        return iter(self.items())
    def items(self):
        return [1]
1 in Bag()
