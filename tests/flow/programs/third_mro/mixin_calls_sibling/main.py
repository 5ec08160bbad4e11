class Log:
    def save(self):
        self.write()
        super().save()
class Store:
    def save(self):
        pass
    def write(self):
        pass
class Model(Log, Store):
    pass
Model().save()
