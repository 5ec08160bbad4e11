class Bag:
    def __len__(self):
        return size()
    def __getitem__(self, i):
        return item()
def size():
    return 1
def item():
    return 1
b = Bag()
len(b)
b[0]
