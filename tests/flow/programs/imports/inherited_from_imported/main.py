from base import Base

class Child(Base):
    def go(self):
        self.run()

Child().go()
