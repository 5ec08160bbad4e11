def before(): pass
def after(): pass
action = before
try:
    action()
finally:
    action = after
action()
