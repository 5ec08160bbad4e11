import asyncio

async def work(action):
    action()

def f():
    pass

async def run():
    await asyncio.gather(*[work(a) for a in [f]])

asyncio.run(run())
