def one():
    pass
def two():
    pass
current = one
def switch():
    global current
    current = two
for _ in range(2):
    current()
    switch()
