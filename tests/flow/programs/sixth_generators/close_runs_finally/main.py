def clean(): pass
def gen():
    try:
        yield 1
    finally:
        clean()
gen().close()
