class Cursor:
    def __next__(self):
        return f

def f():
    pass

class Table:
    def __iter__(self):
        return Cursor()

for step in Table():
    step()
