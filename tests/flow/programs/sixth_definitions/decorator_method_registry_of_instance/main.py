class App:
    def __init__(self): self.routes = {}
    def route(self, path):
        def add(fn):
            self.routes[path] = fn
            return fn
        return add
    def handle(self, path):
        return self.routes[path]()
app = App()
@app.route("/a")
def a(): pass
@app.route("/b")
def b(): pass
app.handle("/a")
