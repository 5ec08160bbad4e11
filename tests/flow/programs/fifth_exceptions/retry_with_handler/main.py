class Temporary(Exception):
    pass
def work():
    raise Temporary()
def wait():
    pass
while True:
    try:
        work()
        break
    except Temporary:
        wait()
