from chat.templates import get


def ask():
    return get("x")


ask()
