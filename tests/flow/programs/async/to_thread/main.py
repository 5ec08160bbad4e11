import asyncio

def work():
    pass

async def run():
    await asyncio.to_thread(work)

asyncio.run(run())
