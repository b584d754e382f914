import os
import subprocess
import sys
import threading

from conftest import FREE_THREADED, NATIVE_GRAALPY



def test_swap(ext):
    first, second = object(), object()
    ext.swap(first)
    assert ext.swap(second) is first


def test_a_global_under_threads(ext):
    """Each thread puts in new lists, and looks at what it gets: a list that died would be something else by then."""
    errors = []

    def work(number):
        try:
            for i in range(5_000):
                seen = ext.swap([number, i])
                assert seen is None or type(seen) is object or len(seen) == 2 and seen[0] in range(8), seen
        except BaseException as error:
            errors.append(error)

    if NATIVE_GRAALPY:  # a second thread breaks its HPy
        return work(0)
    ext.swap(object())
    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors


def gil_after_import(name):
    """Is the GIL on in a fresh interpreter that has imported the module?"""
    here = os.path.dirname(os.path.abspath(__file__))
    code = "import sys; sys.path.insert(0, %r); from conftest import module; module(%r); print(sys._is_gil_enabled())"
    output = subprocess.check_output([sys.executable, "-c", code % (here, name)], stderr=subprocess.DEVNULL)
    return output.decode().split()[-1] == "True"


def test_the_gil_stays_off_only_where_it_may():
    if FREE_THREADED:
        assert gil_after_import("free_threading") is False
        assert gil_after_import("functions") is True
    else:
        assert getattr(sys, "_is_gil_enabled", lambda: True)() is True


def test_threads_without_a_gil():
    """The test above in an interpreter whose GIL is off, which other modules of these tests have turned on here."""
    here = os.path.dirname(os.path.abspath(__file__))
    code = "import sys; sys.path.insert(0, %r); import test_free_threading, conftest; test_free_threading.test_a_global_under_threads(conftest.module('free_threading'))"
    subprocess.check_call([sys.executable, "-c", code % here])
