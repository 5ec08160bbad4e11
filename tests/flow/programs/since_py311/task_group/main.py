import asyncio
async def f(): pass
async def main_():
    async with asyncio.TaskGroup() as tg:
        tg.create_task(f())
asyncio.run(main_())
