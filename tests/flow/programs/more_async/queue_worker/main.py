import asyncio

def f():
    pass

async def worker(queue):
    action = await queue.get()
    action()

async def run():
    queue = asyncio.Queue()
    await queue.put(f)
    await worker(queue)

asyncio.run(run())
