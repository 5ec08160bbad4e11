def limit(n):
    return int
def work(x: limit(3)) -> limit(4):
    pass
work(1)
