class Engine:
    def start(self): pass
class Car:
    engine = Engine()
    def go(self): self.engine.start()
Car().go()
