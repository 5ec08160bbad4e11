class Tool:
    def run(self):
        pass

class A:
    tool = Tool()

    def go(self):
        self.tool.run()

A().go()
