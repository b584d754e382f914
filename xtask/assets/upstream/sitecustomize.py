"""Python runs this at its start: tests of HPy's suite that start another Python get our runtime there, too."""
import hpy_runtime

hpy_runtime.replace()
