"""pytest plugin: a line of JSON for each event, written as it happens, so that a crash loses nothing.

The file is $HPY_REPORT. Tests that it names already are left out: after a crash the rest can be run.
"""
import json
import os


class Report:
    def __init__(self, path):
        self.file = open(path, "a+")
        self.file.seek(0)
        self.seen = {json.loads(line)["test"] for line in self.file}

    def write(self, event, test, **more):
        self.file.write(json.dumps(dict(more, event=event, test=test)) + "\n")
        self.file.flush()

    def pytest_collection_modifyitems(self, config, items):
        done = [item for item in items if item.nodeid in self.seen]
        items[:] = [item for item in items if item.nodeid not in self.seen]
        if done:
            config.hook.pytest_deselected(items=done)

    def pytest_runtest_logstart(self, nodeid):
        self.write("start", nodeid)

    def pytest_runtest_logreport(self, report):
        # A test passes in its call; it may fail or be skipped before and after, too.
        if report.when == "call" or report.outcome != "passed":
            known = report.outcome == "skipped" and hasattr(report, "wasxfail")
            self.write("known" if known else report.outcome, report.nodeid, why=why(report))

    def pytest_collectreport(self, report):
        if report.outcome != "passed" and report.nodeid not in self.seen:
            self.write(report.outcome, report.nodeid, why=why(report))

    def pytest_sessionfinish(self, exitstatus):
        self.write("end", "", status=int(exitstatus))


def why(report):
    """The first line of what went wrong."""
    crash = getattr(report.longrepr, "reprcrash", None)
    return crash.message.partition("\n")[0][:300] if crash else ""


def pytest_configure(config):
    config.pluginmanager.register(Report(os.environ["HPY_REPORT"]), "hpy_report_events")
