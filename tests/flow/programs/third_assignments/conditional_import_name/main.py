try:
    import ujson as json
except ImportError:
    import json
def hook(x):
    return x
json.loads("1", object_hook=hook)
