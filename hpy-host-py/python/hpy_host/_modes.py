"""Modes: what `HPY` asks for."""

MODE_UNIVERSAL = 0
MODE_DEBUG = 1
MODE_TRACE = 2

_MODES = {"universal": MODE_UNIVERSAL, "debug": MODE_DEBUG, "trace": MODE_TRACE}


def mode_name(mode):
    for name, number in _MODES.items():
        if number == mode:
            return name
    return str(mode)


def mode_for(module, environ):
    """The mode that `HPY` asks for, for a module of that name.

    `HPY` is a mode for all modules, or `NAME:MODE,NAME:MODE` for some; a module's name is its last part or the whole of
    it. Unset and empty stand for the universal mode, which modules that are not named have, too. A ValueError tells
    what can't be understood.
    """
    text = environ.get("HPY", "")
    mode = MODE_UNIVERSAL
    for part in text.split(","):
        name, colon, value = (piece.strip() for piece in part.rpartition(":"))
        if not value and not colon:
            continue
        if value.lower() not in _MODES:
            raise ValueError(
                "invalid HPy mode: %.50s (HPY must be universal, debug or trace, or a list of MODULE:MODE; it has %r)"
                % (text, value)
            )
        if colon and not name:
            raise ValueError("invalid HPy mode: %.50s (HPY has a ':' without a module's name before it)" % text)
        if name in ("", module, module.rpartition(".")[2]):
            mode = _MODES[value.lower()]
    return mode
