//! What interpreters call when they load the file, nobody else may call.

static TABLE: Option<&'static hpy::impl_::ModuleTable> = None;

fn main() {
    hpy::impl_::hpy_init_global_context(std::ptr::null_mut()); //~ unsafe
    if let Some(table) = TABLE {
        hpy::impl_::py_init(table); //~ unsafe
        hpy::impl_::hpy_init(table); //~ unsafe
    }
}
