"""How much memory of this process is in use, on each system."""

import mmap
import sys


def resident_bytes():
    if sys.platform == "win32":
        return _of_windows()
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * mmap.PAGESIZE


def _of_windows():
    import ctypes

    numbers = (ctypes.c_size_t * 10)()  # two of 32 bits, then WorkingSetSize's peak and WorkingSetSize
    kernel = ctypes.WinDLL("kernel32")
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    ask = kernel.K32GetProcessMemoryInfo
    ask.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint)
    assert ask(kernel.GetCurrentProcess(), numbers, 72)
    return numbers[2]
