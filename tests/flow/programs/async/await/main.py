import asyncio

async def work():
    pass

async def run():
    await work()

asyncio.run(run())
