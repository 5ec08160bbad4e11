class Menu:
    def __init__(self):
        self.open = start
def start():
    pass
for name, f in vars(Menu()).items():
    f()
