class Subject:
    def __init__(self):
        self.watchers = []

    def watch(self, action):
        self.watchers.append(action)

    def fire(self):
        for action in self.watchers:
            action()

def seen():
    pass

subject = Subject()
subject.watch(seen)
subject.fire()
