def low():
    return 1

def high():
    return 2

low() < 2 < high()
