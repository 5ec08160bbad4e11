class A:
    def __str__(self):
        return "a"

text = f"<{A()}>"
