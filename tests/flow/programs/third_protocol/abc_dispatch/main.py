from abc import ABC, abstractmethod
class Shape(ABC):
    @abstractmethod
    def area(self):
        pass
class Square(Shape):
    def area(self):
        return side()
def side():
    return 1
def total(shape: Shape):
    return shape.area()
total(Square())
