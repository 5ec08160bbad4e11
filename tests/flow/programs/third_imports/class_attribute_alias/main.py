import lib
class A(lib.Base):
    pass
A().go()
lib.Base.build().go()
