class Broken(Exception):
    def __init__(self, text):
        self.text = clean(text)

def clean(text):
    return text

raise Broken("x")
