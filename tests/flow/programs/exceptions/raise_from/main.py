class Low(Exception):
    pass

class High(Exception):
    def __init__(self, why):
        pass

def work():
    try:
        raise Low()
    except Low as low:
        raise High("x") from low

work()
