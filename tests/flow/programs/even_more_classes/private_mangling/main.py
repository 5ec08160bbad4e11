class A:
    def __run(self): pass
    def go(self):
        self.__run()
A().go()
