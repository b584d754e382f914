"""Loads a module with two types again and again, after some loads to warm up; prints the bytes that each load cost."""

import gc
import os
import sys

import hpy_host
from resident import resident_bytes

WARM, COUNT = 300, 1000


class Spec:
    name = "again"


def load(times):
    for _ in range(times):
        module = hpy_host.load("again", os.environ["HPY_TEST_FOREIGN"], Spec)
        instances = module.A(), module.B()
        assert instances[0].set_field(1) is None and instances[0].get_field() == 1
        module.A.method_0, module.B.method_59, module.method_0
        del instances, module
    for _ in range(3):
        gc.collect()


load(WARM)
before = resident_bytes()
load(COUNT)
print((resident_bytes() - before) // COUNT)
