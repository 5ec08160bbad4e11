"""Two programs that nothing joins: one makes data and trains on it, the other is a chat."""

MAKE = """import json

from ask import ask

with open("pairs_for_tuning.jsonl", "w") as out:
    for line in open("questions.txt"):
        text = ask(line).choices[0].message.content
        out.write(json.dumps({"instruction": line, "output": text}) + "\\n")
"""
TRAIN = """from datasets import load_dataset
from transformers import AutoModelForCausalLM
from trl import SFTTrainer

data = load_dataset("json", data_files="pairs_for_tuning.jsonl")["train"]
SFTTrainer(model=AutoModelForCausalLM.from_pretrained("meta-llama/Llama-3.1-8B"), train_dataset=data).train()
"""
CHAT = """import anthropic

while True:
    said = anthropic.Anthropic().messages.create(
        model="claude-3-5-sonnet-latest", max_tokens=100, messages=[{"role": "user", "content": input()}]
    )
    print(said.content[0].text)
"""
