class A:
    items = []
    def add(self, f):
        self.items.append(f)
def f(): pass
A().add(f)
A.items[0]()
