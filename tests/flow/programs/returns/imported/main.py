from tools import make

make()()
