from tools import f
if __name__ == "__main__":
    f()
