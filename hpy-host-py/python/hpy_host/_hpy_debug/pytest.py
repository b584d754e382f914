"""In the place of HPy's own `hpy.debug.pytest`: a fixture whose tests fail if they leak a handle."""

import pytest
from hpy_host.debug import LeakDetector

__all__ = ["LeakDetector", "hpy_debug"]


@pytest.fixture
def hpy_debug():
    with LeakDetector() as detector:
        yield detector
