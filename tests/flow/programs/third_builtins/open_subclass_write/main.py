import io
class Out(io.StringIO):
    def write(self, s):
        return note()
def note():
    return 1
Out().write("x")
