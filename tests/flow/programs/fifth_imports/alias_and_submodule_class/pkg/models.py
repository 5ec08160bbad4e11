class User:
    @classmethod
    def create(cls):
        return cls()
    def save(self):
        pass
