import a
def use():
    a.A().run()
