import asyncio

def work(x):
    return x

async def run():
    loop = asyncio.get_event_loop()
    await loop.run_in_executor(None, work, 1)

asyncio.run(run())
