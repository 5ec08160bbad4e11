import asyncio

async def work():
    return f

def f():
    pass

async def run():
    task = asyncio.create_task(work())
    action = await task
    action()

asyncio.run(run())
