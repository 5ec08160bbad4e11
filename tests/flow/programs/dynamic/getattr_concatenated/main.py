class A:
    def on_start(self):
        pass

    def on_stop(self):
        pass

def fire(event):
    getattr(A(), "on_" + event)()

fire("start")
