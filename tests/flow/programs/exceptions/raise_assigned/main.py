class Broken(Exception):
    def __init__(self):
        pass

kind = Broken
raise kind()
