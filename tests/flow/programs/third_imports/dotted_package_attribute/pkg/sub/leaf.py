def run():
    deeper()
def deeper():
    pass
