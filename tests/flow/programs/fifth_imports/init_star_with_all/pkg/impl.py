__all__ = ["shown"]
def shown():
    hidden()
def hidden():
    pass
