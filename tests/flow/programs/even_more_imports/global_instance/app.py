class App:
    def run(self): pass
app = App()
