import gc
import os
import subprocess
import sys
import threading
import weakref

import pytest
from conftest import CPYTHON, DEBUG, GRAALPY, NATIVE_GRAALPY, collect, text_of



class Thing:
    pass


def drain(ext):
    collect()
    ext.drain()
    collect()


def ended(ext, refs):
    """GraalPy's collector comes when it wants to."""
    drain(ext)
    return GRAALPY or all(ref() is None for ref in refs)


@pytest.fixture(autouse=True)
def released(ext):
    """What a test has left is released before handles are counted."""
    yield
    drain(ext)


def test_round_trip(ext):
    thing = Thing()
    back = ext.round_trip(thing)
    assert len(back) == 4 and all(one is thing for one in back)
    assert ext.typed("text") == "text"
    assert ext.optional(None) is None
    assert ext.optional(thing) is thing
    with pytest.raises(TypeError, match="typed.*text.*str.*int|str.*int"):
        ext.typed(1)
    assert ext.group([("a", thing), ("b", 2)]) == {"a": thing, "b": 2}
    assert [one is thing for one in ext.through_threads([thing, thing])] == [True, True]
    assert ext.in_closure(lambda n: n + 1) == 3
    assert ext.add([ext.Number(1), ext.Number(2)]) == 3
    drain(ext)


@pytest.mark.skipif(not CPYTHON, reason="counts references as CPython does")
def test_counts(ext):
    thing = Thing()
    before = sys.getrefcount(thing)
    for _ in range(100):
        ext.round_trip(thing)
    drain(ext)
    assert sys.getrefcount(thing) == before


@pytest.mark.skipif(DEBUG, reason="a static keeps its handle, as it should")
def test_static(ext):
    ext.in_static()["a"] = 1
    assert ext.in_static() == {"a": 1}
    assert ext.in_static() is ext.in_static()


def test_kept_between_calls(ext):
    things = [Thing() for _ in range(50)]
    refs = [weakref.ref(thing) for thing in things]
    for thing in things:
        ext.keep(thing)
    assert all(one is other for one, other in zip(ext.kept(), things))
    del things, thing
    collect()
    assert all(ref() is not None for ref in refs)
    assert ext.forget() == 50
    assert ended(ext, refs)


@pytest.mark.parametrize("how", ["detached", "with the GIL", "in detach"])
def test_drop_elsewhere(ext, how):
    if NATIVE_GRAALPY:  # a second thread breaks its HPy
        how = "in detach"
    refs = []
    for _ in range(20):
        thing = Thing()
        refs.append(weakref.ref(thing))
        if how == "in detach":
            ext.drop_detached(thing)
        else:
            ext.drop_in_thread(thing, how == "detached")
    del thing
    assert ended(ext, refs)


def test_what_ends_may_call_back(ext):
    """A finalizer that keeps another object while references are released."""

    class Phoenix:
        def __del__(self):
            ext.keep("risen")

    for _ in range(3):
        ext.keep(Phoenix())
    ext.drop_detached(Phoenix())
    ext.forget()
    drain(ext)
    assert GRAALPY or [one for one in ext.kept() if one == "risen"] == ["risen"] * 4
    ext.forget()
    drain(ext)


def test_in_instances(ext):
    thing = Thing()
    ref = weakref.ref(thing)
    box = ext.Box_(thing)
    assert box.value is thing
    assert box.put("a", thing) is None
    assert box.put("a", 1) is thing
    box.put("b", thing)
    assert box.names() == ["a", "b"]
    box.value = None
    assert box.value is None
    del thing
    collect()
    assert ref() is not None
    del box
    collect()
    assert ended(ext, [ref])


def test_end_of_an_instance_in_another_thread(ext):
    if NATIVE_GRAALPY:  # a second thread breaks its HPy
        return
    thing = Thing()
    ref = weakref.ref(thing)
    boxes = [ext.Box_(thing)]
    del thing
    thread = threading.Thread(target=boxes.clear)
    thread.start()
    thread.join()
    collect()
    assert ended(ext, [ref])


def test_threads(ext):
    """Kept, dropped and drained by many threads at a time."""
    if NATIVE_GRAALPY:  # a second thread breaks its HPy
        return
    refs, errors = [], []

    def work():
        try:
            for i in range(60):
                thing = Thing()
                refs.append(weakref.ref(thing))
                if i % 3 == 0:
                    ext.drop_detached(thing)
                elif i % 3 == 1:
                    ext.Box_(thing).put("x", thing)
                else:
                    assert ext.round_trip(thing)[0] is thing
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(4 if GRAALPY else 8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert ended(ext, refs)


EXIT = """
import conftest
ext = conftest.load("references")
class Thing:
    def __del__(self):
        pass
ext.in_static()["thing"] = Thing()
for _ in range(100):
    ext.keep(Thing())
    ext.drop_detached(Thing())
box = ext.Box_(Thing())
box.put("box", box)
print("end", flush=True)
"""


def run(program, **environ):
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=os.path.dirname(__file__),
        env=dict(os.environ, **environ),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        timeout=300,
    )
    return done.returncode, text_of(done.stdout), text_of(done.stderr)


UNDER_A_LOCK = """
import conftest
ext = conftest.load("references")
class Thing:
    def __del__(self):
        ext.keep(1)
ext.keep(0)
for _ in range(100):
    ext.drop_in_thread(Thing(), True)
    assert ext.clones_of_kept()[0] == 0
print("end", flush=True)
"""


@pytest.mark.skipif(NATIVE_GRAALPY, reason="a second thread breaks its HPy")
def test_cloning_runs_no_python_code(ext):
    """So a lock can be held, even if a `__del__` that is about to run takes it."""
    code, out, err = run(UNDER_A_LOCK)
    assert (code, out.strip()) == (0, "end"), err


def test_shutdown(ext):
    """Statics, instances in cycles and dropped references, all alive when Python ends."""
    code, out, err = run(EXIT)
    assert (code, out.strip()) == (0, "end"), err
