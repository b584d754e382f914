import threading
import time

import pytest
from conftest import NATIVE_GRAALPY


def test_detach_lets_others_run(ext):
    if NATIVE_GRAALPY:  # a second thread breaks its HPy
        ext.sleep(1)
        return
    ticks = []

    def tick():
        for _ in range(20):
            ticks.append(1)
            time.sleep(0.005)

    thread = threading.Thread(target=tick)
    thread.start()
    ext.sleep(300)
    seen = len(ticks)
    thread.join()
    assert seen >= 5


def test_rust_threads(ext):
    assert ext.sum_in_thread(list(range(1000))) == 499500


def test_detach_twice(ext):
    assert ext.detach_twice(lambda x: x) == 42


def test_panic_while_detached(ext):
    for _ in range(3):
        with pytest.raises(BaseException, match="while detached") as info:
            ext.panic_detached()
        assert type(info.value).__name__ == "PanicException"


def test_calls_from_many_threads(ext, ext_module):
    if NATIVE_GRAALPY:  # a second thread breaks its HPy
        assert ext.detach_twice(lambda x: x) == 42
        return
    functions = ext_module("functions")
    errors = []

    def work():
        try:
            for i in range(2000):
                assert functions.plain(i, 2, c=3) == (i, 2, 3)
                try:
                    functions.plain("x", 2, 3)
                except TypeError:
                    pass
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
