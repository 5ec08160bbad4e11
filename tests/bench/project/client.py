import openai


def ask(prompt):
    response = openai.ChatCompletion.create(model="gpt-4", messages=[{"role": "user", "content": prompt}])
    return response["choices"][0]["message"]["content"]


def ask_twice(prompt):
    return [ask(prompt), ask(prompt)]
