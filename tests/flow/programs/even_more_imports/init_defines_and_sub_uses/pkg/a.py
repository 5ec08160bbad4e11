from pkg import base
def go(): base()
