from one import f as g
