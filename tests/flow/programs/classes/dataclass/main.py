from dataclasses import dataclass

def f():
    pass

def g():
    pass

@dataclass
class Job:
    name: str
    action: object
    after: object = g

job = Job("x", f)
job.action()
