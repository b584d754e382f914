/// A mode.
#[hpy::enumeration(base = "IntFlag", rename_all = "UPPERCASE")]
enum Mode {
    Read = 4,
    #[hpy(name = "RUN")]
    Execute = 1,
}
