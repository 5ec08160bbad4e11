class Part:
    def run(self):
        pass
