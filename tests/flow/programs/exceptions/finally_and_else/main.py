def work():
    pass

def done():
    pass

def clean():
    pass

try:
    work()
except ValueError:
    pass
else:
    done()
finally:
    clean()
