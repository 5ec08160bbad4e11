class Tool:
    def run(self):
        pass

class Base:
    tool = None

    def go(self):
        self.tool.run()

class Child(Base):
    tool = Tool()

Child().go()
