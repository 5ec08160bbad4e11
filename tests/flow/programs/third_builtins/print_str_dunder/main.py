class A:
    def __str__(self):
        return text()
def text():
    return ""
print(A())
f"{A()}"
