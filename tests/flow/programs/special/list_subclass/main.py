def f():
    pass

class Actions(list):
    def run(self):
        for action in self:
            action()

actions = Actions()
actions.append(f)
actions.run()
