import asyncio

async def work():
    pass

async def run():
    async with asyncio.TaskGroup() as group:
        group.create_task(work())

asyncio.run(run())
