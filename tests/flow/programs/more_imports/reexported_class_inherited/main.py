from pkg import Base

class Child(Base):
    pass

Child().run()
