import asyncio

async def work():
    return f

def f():
    pass

async def run():
    for task in asyncio.as_completed([work()]):
        action = await task
        action()

asyncio.run(run())
