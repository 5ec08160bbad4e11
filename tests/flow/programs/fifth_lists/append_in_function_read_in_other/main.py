jobs = []
def one():
    pass
def add():
    jobs.append(one)
def run():
    for j in jobs:
        j()
add()
run()
