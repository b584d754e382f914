import math

import pytest
from point import Point


def test_is_a_value():
    assert Point(1, 2) == Point(1.0, y=2) != Point(2, 1)
    assert repr(Point(1, 2.5)) == "Point(x=1.0, y=2.5)"
    assert len({Point(1, 2), Point(1.0, 2.0), Point(0.0, 1), Point(-0.0, 1)}) == 2
    with pytest.raises(AttributeError):
        Point(1, 2).x = 3
    with pytest.raises(TypeError, match=r"'x' must be float, not str"):
        Point("1", 2)


def test_arithmetic():
    a, b = Point(1, 2), Point(3, -4)
    assert (a + b, a - b, -a) == (Point(4, -2), Point(-2, 6), Point(-1, -2))
    assert a * 2 == 2 * a == Point(2, 4)
    assert abs(b) == 5 and a.distance(b) == math.hypot(2, 6)
    for wrong in (lambda: a + 1, lambda: a * b, lambda: "x" * a, lambda: a < b):
        with pytest.raises(TypeError):
            wrong()


def test_the_rest():
    x, y = Point(3, 4)
    assert (x, y) == (3, 4) and Point.DIMENSIONS == 2
    assert Point.polar(2, math.pi / 2).distance(Point(0, 2)) < 1e-15
