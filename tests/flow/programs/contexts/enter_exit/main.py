class Session:
    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def run(self):
        pass

with Session() as session:
    session.run()
