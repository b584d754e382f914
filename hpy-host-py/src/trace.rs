//! Trace mode for Python: the functions behind `hpy_host._trace`.

#[hpy::module(gil = false)]
mod hpy_host_trace {
    use std::collections::BTreeMap;

    use hpy::{Context, Handle};
    use hpy_debug::trace::{FREQUENCY, Hook};
    use hpy_sys::HPy;

    use crate::modes::trace;

    /// How often each function of the context was called.
    #[function]
    fn get_call_counts(ctx: Context<'_>) -> BTreeMap<&'static str, u64> {
        trace(ctx).call_counts().collect()
    }

    /// How many nanoseconds the calls of each function of the context took.
    #[function]
    fn get_durations(ctx: Context<'_>) -> BTreeMap<&'static str, u64> {
        trace(ctx).durations().collect()
    }

    /// The ticks of the clock in a second.
    #[function]
    fn get_frequency() -> u64 {
        FREQUENCY
    }

    /// Set what is called with the name of each function of the context before it, or None.
    #[function(signature = (function, /))]
    fn set_on_enter<'ctx>(ctx: Context<'ctx>, function: Option<&Handle<'ctx>>) {
        set(ctx, Hook::Enter, function);
    }

    /// Set what is called with the name of each function of the context after it, or None.
    #[function(signature = (function, /))]
    fn set_on_exit<'ctx>(ctx: Context<'ctx>, function: Option<&Handle<'ctx>>) {
        set(ctx, Hook::Exit, function);
    }

    fn set<'ctx>(ctx: Context<'ctx>, hook: Hook, function: Option<&Handle<'ctx>>) {
        let function = function.map_or(HPy::NULL, |function| function.as_raw());
        // SAFETY: this thread runs Python, as it has a context, of the host that trace mode wraps.
        unsafe { trace(ctx).set_hook(hook, function) }
    }
}
