class App:
    def __init__(self):
        self.routes = {}

    def route(self, path):
        def deco(f):
            self.routes[path] = f
            return f
        return deco

    def serve(self):
        for path, handler in self.routes.items():
            handler()

app = App()

@app.route("/")
def index():
    pass

app.serve()
