import base as b
class A(b.Base): pass
A().run()
