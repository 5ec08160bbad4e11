def make():
    class Local:
        def run(self):
            pass
    return Local()

make().run()
