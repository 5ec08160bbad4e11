class App:
    def __init__(self):
        self.routes = {}
    def route(self, path):
        def keep(fn):
            self.routes[path] = fn
            return fn
        return keep
    def run(self, path):
        self.routes[path]()
app = App()
@app.route("/")
def index(): pass
@app.route("/x")
def other(): pass
app.run("/")
