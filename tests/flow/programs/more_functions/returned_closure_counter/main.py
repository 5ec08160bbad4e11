def counter():
    count = 0

    def step():
        nonlocal count
        count += 1
        return note(count)

    return step

def note(n):
    return n

counter()()
