import json


def read(path):
    with open(path) as file:
        return json.load(file)


def write(path, records):
    with open(path, "w") as file:
        json.dump(records, file)
