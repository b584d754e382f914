"""`pytest --hpy-debug`, the plugin of the package hpy-host, on tests of `tests/misuse`."""

import os
import shutil
import subprocess
import sys

import pytest
from conftest import GRAALPY, HOST, SUFFIX, text_of

pytestmark = pytest.mark.skipif(HOST == "native", reason="once for each interpreter, not for each of its hosts")

TESTS = """
import misuse
import pytest

@pytest.fixture
def leaking():
    misuse.leak("in the fixture")

def test_good():
    assert misuse.leak.__name__ == "leak"

def test_leak():
    misuse.leak("in the test")

def test_fixture(leaking):
    pass

def test_failure():
    misuse.leak("but it fails")
    assert False, "as it should"
"""


def run(folder, *options, **env):
    shutil.copy(os.environ["HPY_TEST_MISUSE"], str(folder / ("misuse" + SUFFIX)))
    (folder / "test_it.py").write_text(TESTS)
    path = os.pathsep.join([str(folder), os.environ["PYTHONPATH"]])
    # The wheel's entry point makes pytest load the plugin.
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", str(folder)]
    env = dict(os.environ, PYTHONPATH=path, PYTHON_GIL="1", **env)
    for name in ("HPY_TEST_MODE", "PYTEST_ADDOPTS"):
        env.pop(name, None)
    process = subprocess.run(
        command + list(options), env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300
    )
    return text_of(process.stdout)


# The plugin itself is Python, and a pytest of its own takes half a minute on GraalPy: there only what asks the host.
NO_HOST = pytest.mark.skipif(GRAALPY, reason="nothing of it is the host's")


def test_leaks_fail_tests(tmp_path):
    text = run(tmp_path, "--hpy-debug")
    assert "2 failed, 1 passed, 1 error" in text, text
    assert "FAILED" in text and "test_leak" in text and "for 'in the test'" in text
    assert 'test_it.py", line 13, in test_leak' in text
    assert "for 'in the fixture'" in text and 'test_it.py", line 7, in leaking' in text
    assert "as it should" in text and "but it fails" not in text.replace('misuse.leak("but it fails")', "")
    assert "_pytest" not in text and "unclosed handle" in text


@NO_HOST
def test_without_the_option_nothing_is_loaded(tmp_path):
    text = run(tmp_path)
    assert "No module named 'misuse'" in text, text


@NO_HOST
def test_another_mode(tmp_path):
    assert "--hpy-debug and HPY=trace: unset one of them" in run(tmp_path, "--hpy-debug", HPY="trace")
