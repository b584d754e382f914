import importlib.util
import os

import pytest
from nbody import System

path = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "pure.py")
spec = importlib.util.spec_from_file_location("nbody_pure", path)
pure = importlib.util.module_from_spec(spec)
spec.loader.exec_module(pure)


def test_same_as_python():
    rust, python = System(pure.solar()), pure.System(pure.solar())
    assert rust.energy() == pytest.approx(python.energy(), rel=1e-12)
    rust.advance(200, dt=0.01)
    python.advance(200, dt=0.01)
    assert rust.energy() == pytest.approx(python.energy(), rel=1e-12)
    for (position, velocity, mass), (p, v, m) in zip(rust, python.bodies):
        assert position == pytest.approx(p, rel=1e-9, abs=1e-9)
        assert velocity == pytest.approx(v, rel=1e-9, abs=1e-9)
        assert mass == m


def test_energy_is_kept():
    system = System(pure.solar())
    before = system.energy()
    system.advance(2000)
    assert system.energy() == pytest.approx(before, rel=1e-5) and system.energy() != before


def test_bad_input():
    system = System(pure.solar())
    assert len(system) == 5 and system[-1] == system[4]
    with pytest.raises(IndexError, match="no such body"):
        system[5]
    with pytest.raises(ValueError, match="a mass is a positive number"):
        System([([0, 0, 0], [0, 0, 0], -1)])
    with pytest.raises((TypeError, ValueError)):
        System([([0, 0], [0, 0, 0], 1)])
    with pytest.raises(OverflowError):
        system.advance(-1)
