from pydantic import BaseModel

def f():
    pass

class Job(BaseModel):
    action: object

    def run(self):
        self.action()

Job(action=f).run()
