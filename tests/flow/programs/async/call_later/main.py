import asyncio

def tick():
    pass

loop = asyncio.new_event_loop()
loop.call_later(1, tick)
loop.run_forever()
