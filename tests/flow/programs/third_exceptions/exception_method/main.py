class E(Exception):
    def tell(self):
        return 1
class F(Exception):
    def tell(self):
        return 2
try:
    raise E()
except (E, F) as e:
    e.tell()
