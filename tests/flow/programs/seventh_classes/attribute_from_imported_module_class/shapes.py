class Shape:
    kind = None
    def draw(self): self.kind()
