def call():
    from main import f
    f()
