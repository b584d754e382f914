"""pytest plugin: `--hpy-debug` loads HPy's universal modules in debug mode, and fails each test that leaks a handle.

It is a package of its own, so that a session without the option does not load `hpy_host`.
"""

import os

import pytest

FRAMES = 16


def pytest_addoption(parser):
    group = parser.getgroup("hpy", "HPy, by hpy-host")
    group.addoption(
        "--hpy-debug",
        action="store_true",
        help="load universal modules in debug mode, and fail each test that leaks a handle, with where it was made",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config):
    """Before any conftest.py imports a module."""
    if not early_config.known_args_namespace.hpy_debug:
        return
    mode = os.environ.get("HPY", "")
    if mode not in ("", "debug"):
        raise pytest.UsageError("--hpy-debug and HPY=%s: unset one of them" % mode)
    os.environ["HPY"] = "debug"
    import hpy_host

    hpy_host._report.never(hpy_host.MODE_DEBUG)  # the tests say it
    hpy_host.install()
    hpy_host.debug.set_handle_stack_trace_limit(FRAMES)
    early_config.pluginmanager.register(Leaks(), "hpy_debug_leaks")


class Leaks:
    """Looks at each phase of a test: a leak in a fixture is an error, a leak in the test is its failure."""

    @staticmethod
    def watch():
        from hpy_host import _debug
        from hpy_host.debug import find_leaks

        generation = _debug.new_generation()
        result = yield  # raises if the phase fails; then it is not asked for leaks, too
        leaks = find_leaks(generation)
        if leaks is not None:
            pytest.fail(without_pytest(str(leaks)), pytrace=False)
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self):
        return (yield from self.watch())

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self):
        return (yield from self.watch())

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(self):
        return (yield from self.watch())


def without_pytest(text):
    """The text without those frames of Python that are pytest's own."""
    return "\n".join(line for line in text.split("\n") if not _is_of_pytest(line))


def _is_of_pytest(line):
    path = line.replace(os.sep, "/")
    return "File" in line and ("/_pytest/" in path or "/pluggy/" in path)
