from threading import Thread

class Worker(Thread):
    def run(self):
        self.step()

    def step(self):
        pass

Worker().start()
