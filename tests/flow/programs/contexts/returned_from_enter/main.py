class Work:
    def run(self):
        pass

class Session:
    def __enter__(self):
        return Work()

    def __exit__(self, *error):
        pass

with Session() as work:
    work.run()
