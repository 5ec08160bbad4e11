class A:
    def __init__(self):
        pass

class B:
    def __init__(self):
        pass

x, y = A, B
y()
