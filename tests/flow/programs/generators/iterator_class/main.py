def f():
    pass

class Steps:
    def __iter__(self):
        return self

    def __next__(self):
        return f

for step in Steps():
    step()
