class Root:
    def save(self): pass
class Log(Root):
    def save(self):
        self.log()
        super().save()
    def log(self): pass
class Cache(Root):
    def save(self): super().save()
class M(Log, Cache): pass
M().save()
