"""The universal modules of HPy's documentation and its proof of concept: those that use no C API of Python's."""
import os
import shutil

import hpy_compiler

FOLDER = os.environ["HPY_EXAMPLES"]

MODULES = {
    "simple": "docs/examples/simple-example/simple.c",
    "hpyvarargs": "docs/examples/snippets/hpyvarargs.c",
    "snippets": "docs/examples/snippets/snippets.c",
    "hpyinit": "docs/examples/snippets/hpyinit.c",
    "hpycall": "docs/examples/snippets/hpycall.c",
    "simple_type": "docs/examples/hpytype-example/simple_type.c",
    "builtin_type": "docs/examples/hpytype-example/builtin_type.c",
    "quickstart": "docs/examples/quickstart/quickstart.c",
    "step_03_hpy_final": "docs/porting-example/steps/step_03_hpy_final.c",
    "pof": "proof-of-concept/pof.c",
    "pofcpp": "proof-of-concept/pofcpp.cpp",
    "pofpackage.foo": "proof-of-concept/pofpackage/foo.c",
    "pofpackage.bar": "proof-of-concept/pofpackage/bar.cpp",
}


def build():
    """Compile them, unless it is done, and return the folder for sys.path."""
    if not os.path.isdir(FOLDER):
        new = "%s.%d" % (FOLDER, os.getpid())
        for name, source in MODULES.items():
            package, _, last = name.rpartition(".")
            folder = os.path.join(new, package)
            os.makedirs(folder, exist_ok=True)
            hpy_compiler.library(last, [os.path.join(hpy_compiler.SDIST, source)], folder, ["-g", "-O0"])
        try:
            os.rename(new, FOLDER)
        except OSError:  # another interpreter was faster
            shutil.rmtree(new)
    return FOLDER
