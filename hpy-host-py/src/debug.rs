//! Debug mode for Python: the functions behind `hpy_host._debug`. A handle is a number here.

#[hpy::module(gil = false)]
mod hpy_host_debug {
    use hpy::exceptions::ValueError;
    use hpy::{Context, Error, Handle, Result};
    use hpy_debug::debug::Hook;
    use hpy_sys::HPy;

    use crate::modes::debug;

    /// Begin a new generation of handles, and return its number.
    #[function]
    fn new_generation(ctx: Context<'_>) -> i64 {
        debug(ctx).new_generation()
    }

    /// The open handles of this generation and later ones, in the order in which they were opened.
    #[function]
    fn open_handles(ctx: Context<'_>, generation: i64) -> Vec<usize> {
        debug(ctx).open_handles(generation)
    }

    /// The closed handles of this generation and later ones that are remembered, the first closed first.
    #[function]
    fn closed_handles(ctx: Context<'_>, generation: i64) -> Vec<usize> {
        debug(ctx).closed_handles(generation)
    }

    /// Lines about each builder and tracker of this generation and later ones that is not finished.
    #[function]
    fn open_builders(ctx: Context<'_>, generation: i64) -> Vec<String> {
        debug(ctx).open_builders(generation)
    }

    /// The object of an open handle.
    #[function]
    fn handle_object<'ctx>(ctx: Context<'ctx>, id: usize) -> Result<Handle<'ctx>> {
        // SAFETY: this thread runs Python, as it has a context, of the host that debug mode wraps. The handle is new.
        unsafe {
            let object = debug(ctx).object(id);
            if object.is_null() {
                return Err(Error::new::<ValueError>(
                    "the handle is closed: its object may not exist any more",
                ));
            }
            Handle::from_result(ctx, object)
        }
    }

    /// Is the handle closed?
    #[function]
    fn handle_is_closed(ctx: Context<'_>, id: usize) -> bool {
        debug(ctx).info(id).is_none_or(|info| !info.is_open)
    }

    /// How many bytes were handed out for the handle that are still there, or None.
    #[function]
    fn handle_raw_data_size(ctx: Context<'_>, id: usize) -> Option<usize> {
        debug(ctx).info(id)?.raw_data_size
    }

    /// Where the handle was made, in lines, or None if that was not recorded.
    #[function]
    fn handle_trace(ctx: Context<'_>, id: usize) -> Option<String> {
        debug(ctx).trace(id)
    }

    /// Close the handle as the extension would.
    #[function]
    fn force_close(ctx: Context<'_>, id: usize) {
        // SAFETY: this thread runs Python, as it has a context.
        unsafe { debug(ctx).force_close(id) }
    }

    /// How many closed handles are remembered.
    #[function]
    fn get_closed_handles_queue_max_size(ctx: Context<'_>) -> usize {
        debug(ctx).closed_handles_queue_max_size()
    }

    /// Set how many closed handles are remembered.
    #[function(signature = (size, /))]
    fn set_closed_handles_queue_max_size(ctx: Context<'_>, size: usize) {
        debug(ctx).set_closed_handles_queue_max_size(size);
    }

    /// How many bytes that were handed out are kept for closed handles.
    #[function]
    fn get_protected_raw_data_max_size(ctx: Context<'_>) -> usize {
        debug(ctx).protected_raw_data_max_size()
    }

    /// Set how many bytes that were handed out are kept for closed handles.
    #[function(signature = (size, /))]
    fn set_protected_raw_data_max_size(ctx: Context<'_>, size: usize) {
        debug(ctx).set_protected_raw_data_max_size(size);
    }

    /// How many frames are recorded for each new handle.
    #[function]
    fn get_handle_stack_trace_limit(ctx: Context<'_>) -> usize {
        debug(ctx).handle_stack_trace_limit()
    }

    /// Set how many frames are recorded for each new handle.
    #[function(signature = (limit, /))]
    fn set_handle_stack_trace_limit(ctx: Context<'_>, limit: usize) {
        debug(ctx).set_handle_stack_trace_limit(limit);
    }

    /// Set what is called for wrong use of a handle, or None.
    #[function(signature = (function, /))]
    fn set_on_invalid_handle<'ctx>(ctx: Context<'ctx>, function: Option<&Handle<'ctx>>) {
        set(ctx, Hook::InvalidHandle, function);
    }

    /// Set what is called for wrong use of a builder, or None.
    #[function(signature = (function, /))]
    fn set_on_invalid_builder_handle<'ctx>(ctx: Context<'ctx>, function: Option<&Handle<'ctx>>) {
        set(ctx, Hook::InvalidBuilder, function);
    }

    fn set<'ctx>(ctx: Context<'ctx>, hook: Hook, function: Option<&Handle<'ctx>>) {
        let function = function.map_or(HPy::NULL, |function| function.as_raw());
        // SAFETY: this thread runs Python, as it has a context, of the host that debug mode wraps.
        unsafe { debug(ctx).set_hook(hook, function) }
    }
}
