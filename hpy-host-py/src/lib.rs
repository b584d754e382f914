//! The native part of the Python package `hpy-host`: it loads HPy's universal modules into whichever Python this is.
//!
//! This file is served by the host that is embedded in it, on every interpreter, and hands that host's context on to the
//! modules that it loads. What users see is written in Python, in `python/hpy_host`.

#![warn(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::cast_lossless,
    clippy::cast_ptr_alignment,
    clippy::ptr_as_ptr,
    clippy::ptr_cast_constness
)]

mod debug;
mod inspect;
mod library;
mod load;
mod modes;
mod platform;
mod trace;

#[hpy::module]
mod hpy_host_native {
    use hpy::{Context, Handle, Result};

    /// The version of this host.
    #[function]
    fn version() -> &'static str {
        env!("CARGO_PKG_VERSION")
    }

    /// Load the module `name`, whose symbols end in `short`, from the library at `path`.
    #[function]
    fn load<'ctx>(
        ctx: Context<'ctx>,
        name: &str,
        short: &str,
        path: &[u8],
        spec: &Handle<'ctx>,
        mode: i32,
    ) -> Result<Handle<'ctx>> {
        crate::load::load(ctx, crate::load::Request { name, short, path, spec, mode })
    }

    /// What the file of a library says, of which no code runs: (defined symbols, undefined ones, processor, file format,
    /// why it can't be loaded here or None).
    #[function]
    #[allow(clippy::type_complexity)] // a tuple is what Python wants
    fn contents(path: &[u8]) -> Result<(Vec<String>, Vec<String>, String, String, Option<String>)> {
        let file = crate::inspect::read(path)?;
        let why = file.why_foreign();
        Ok((file.defined, file.undefined, file.processor, file.format, why))
    }
}
