class Tool:
    def run(self):
        pass

class Box:
    tool = Tool()

box = Box()
