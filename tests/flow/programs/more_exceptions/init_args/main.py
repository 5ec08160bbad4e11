class E(Exception):
    def __init__(self, msg):
        super().__init__(msg)
        self.note()
    def note(self): pass
raise E("x")
