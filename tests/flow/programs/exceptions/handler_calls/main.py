def recover():
    pass

try:
    1 / 0
except ZeroDivisionError:
    recover()
