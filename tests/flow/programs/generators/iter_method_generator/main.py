def f():
    pass

class Table:
    def __iter__(self):
        yield f

for step in Table():
    step()
