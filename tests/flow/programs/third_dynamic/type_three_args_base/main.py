class Base:
    def go(self):
        pass
Made = type("Made", (Base,), {})
Made().go()
