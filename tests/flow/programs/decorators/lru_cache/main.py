from functools import lru_cache

@lru_cache(maxsize=None)
def work():
    return helper()

def helper():
    pass

work()
