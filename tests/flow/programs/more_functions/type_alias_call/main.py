import typing

def f():
    pass

Action = typing.Callable[[], None]

def run(action: Action) -> None:
    action()

run(f)
