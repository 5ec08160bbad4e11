class A:
    def close(self):
        pass

def use():
    a = A()
    try:
        return a
    finally:
        a.close()

use()
