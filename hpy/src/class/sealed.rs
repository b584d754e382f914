//! Seals traits that unsafe code of this crate relies on.

/// Can't be named, and so not implemented, elsewhere.
#[diagnostic::on_unimplemented(
    message = "this trait can't be implemented for `{Self}` by hand",
    label = "only types of the crate `hpy` implement it",
    note = "`#[hpy::class]` chooses between them, by options like `frozen` and `unsendable`"
)]
pub trait Sealed {}
