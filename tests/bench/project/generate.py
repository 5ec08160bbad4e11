from client import ask_twice
from records import read, write


def make(rows):
    records = []
    for row in rows:
        for answer in ask_twice(row["instruction"]):
            records.append({"instruction": row["instruction"], "input": "", "output": answer})
    return records


if __name__ == "__main__":
    write("train.json", make(read("tasks.json")))
