import json
def hook(d):
    return d
json.loads("{}", object_hook=hook)
