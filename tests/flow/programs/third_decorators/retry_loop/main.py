def retry(times):
    def deco(f):
        def inner(*a):
            for _ in range(times):
                try:
                    return f(*a)
                except Exception:
                    log()
        return inner
    return deco
def log():
    pass
@retry(3)
def work(x):
    pass
work(1)
