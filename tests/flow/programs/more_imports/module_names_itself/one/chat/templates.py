def get(name):
    return name


if __name__ == "__main__":
    from chat.templates import get

    get("plain")
