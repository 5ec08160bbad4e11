def f():
    pass

class Table:
    def __getitem__(self, i):
        return f

for step in Table():
    step()
