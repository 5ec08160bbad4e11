from parts import Part

class Tool:
    def __init__(self):
        self.inner = Part()
