import queue

queue.run()
