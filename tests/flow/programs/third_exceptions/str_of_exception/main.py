class E(Exception):
    def __str__(self):
        return text()
def text():
    return ""
try:
    raise E()
except E as e:
    print(str(e))
