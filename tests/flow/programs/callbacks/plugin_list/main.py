def load():
    return [First(), Second()]

class First:
    def run(self):
        pass

class Second:
    def run(self):
        pass

for plugin in load():
    plugin.run()
