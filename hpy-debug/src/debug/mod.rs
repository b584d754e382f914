//! Debug mode.
//!
//! - `handles`, `slots`, `raw_data`: the table of handles, and the memory that was handed out for them.
//! - `instance`: the contexts, another one for each call.
//! - `call`: a call from the extension to the context; `by_hand`: those functions that are not generated.
//! - `real_call`: a call from the host to the extension.
//! - `builders`: builders and trackers.
//! - `origin`, `report`: where something happened, and what is said about wrong use.
//! - `extensions`: what our hosts have beyond HPy.

mod builders;
pub(crate) mod by_hand;
pub(crate) mod call;
mod extensions;
#[path = "gen/calls.rs"]
mod generated_calls;
mod handles;
mod instance;
mod origin;
mod raw_data;
pub(crate) mod real_call;
mod report;
mod slots;
#[path = "gen/wrappers.rs"]
mod wrappers;

use core::mem::MaybeUninit;
use std::sync::{Mutex, OnceLock};

use hpy_sys::{HPy, HPyContext};

use crate::lock;
use builders::Builders;
use handles::{Entry, Handles, Owner};
use instance::Ring;
use origin::Origin;

/// What is said of a handle of which nobody knows where it was made.
const NO_TRACE: &str =
    "To see where it was made, call hpy_host.debug.set_handle_stack_trace_limit(16) before it is made.\n";

/// Debug mode over a plain context.
#[derive(Debug)]
pub struct Debug {
    plain: *mut HPyContext,
    handles: Mutex<Handles>,
    builders: Mutex<Builders>,
    settings: Mutex<Settings>,
    ring: OnceLock<Ring>,
}

// SAFETY: what changes is behind locks; the plain context may be called on any thread that runs Python.
unsafe impl Send for Debug {}
// SAFETY: as above.
unsafe impl Sync for Debug {}

/// What the user can set. The hooks are handles of the plain context, or NULL.
#[derive(Debug)]
struct Settings {
    on_invalid_handle: HPy,
    on_invalid_builder: HPy,
    trace_limit: usize,
}

/// What is known of one handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandleInfo {
    /// Is it open? If not, its object may be gone.
    pub is_open: bool,
    /// How many bytes were handed out for it that are still there; `None` if none were.
    pub raw_data_size: Option<usize>,
}

/// Which function is called for wrong use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hook {
    /// Of a handle.
    InvalidHandle,
    /// Of a builder.
    InvalidBuilder,
}

impl Debug {
    /// Debug mode over a plain context. It lives for ever.
    ///
    /// # Safety
    ///
    /// `plain` is a whole context with all members of [`HPyContext`], and lives for ever. This thread runs Python.
    pub unsafe fn new(plain: *mut HPyContext) -> &'static Debug {
        let debug: &'static Debug = Box::leak(Box::new(Debug {
            plain,
            handles: Mutex::new(Handles::new()),
            builders: Mutex::new(Builders::new()),
            settings: Mutex::new(Settings {
                on_invalid_handle: HPy::NULL,
                on_invalid_builder: HPy::NULL,
                trace_limit: 0,
            }),
            ring: OnceLock::new(),
        }));
        let template = Box::leak(Box::new(MaybeUninit::<HPyContext>::zeroed())).as_mut_ptr();
        // SAFETY: the caller's word; the template is filled before it is used.
        unsafe {
            (*template).name = instance::name(hpy_host::context::extensions::of(plain).is_some()).as_ptr();
            (*template).abi_version = (*plain).abi_version;
            let constant = |h: HPy| lock(&debug.handles).open(h, Owner::Context, None);
            wrappers::fill(template, plain, constant);
            let extensions = extensions::of(plain);
            let ring = Ring::new(debug, template, extensions);
            debug.ring.get_or_init(|| ring);
        }
        debug
    }

    fn ring(&self) -> &Ring {
        self.ring.get().expect("debug mode is made with its contexts")
    }

    /// The context to give to an extension's file, by `HPyInitGlobalContext_<module>`. Its functions must not be called,
    /// only that which calls the file's own functions: each call gets a context of its own.
    pub fn context(&self) -> *mut HPyContext {
        self.ring().root()
    }

    /// Begins a new generation of handles: its number.
    pub fn new_generation(&self) -> i64 {
        let mut handles = lock(&self.handles);
        handles.generation += 1;
        handles.generation
    }

    /// The open handles of a generation and later ones, in the order in which they were opened. A number stands for the
    /// place of a handle, which another one gets some time after the handle was closed.
    pub fn open_handles(&self, generation: i64) -> Vec<usize> {
        lock(&self.handles).open_since(generation)
    }

    /// The closed handles of a generation and later ones that are still remembered, the first closed first.
    pub fn closed_handles(&self, generation: i64) -> Vec<usize> {
        lock(&self.handles).closed_since(generation)
    }

    /// What is known of a handle; `None` if there is none with this number.
    pub fn info(&self, id: usize) -> Option<HandleInfo> {
        let handles = lock(&self.handles);
        let entry = handles.get(id)?;
        Some(HandleInfo { is_open: entry.is_open(), raw_data_size: entry.raw_data_size() })
    }

    /// A new plain handle on the object of an open handle; NULL if there is no open handle with this number.
    ///
    /// # Safety
    ///
    /// This thread runs Python.
    pub unsafe fn object(&self, id: usize) -> HPy {
        let handles = lock(&self.handles);
        match handles.get(id).filter(|entry| entry.is_open()) {
            // SAFETY: the caller's word; while the handles are locked nobody closes this one.
            Some(entry) => unsafe { ((*self.plain).ctx_Dup)(self.plain, entry.plain) },
            None => HPy::NULL,
        }
    }

    /// The plain handle behind an open handle, borrowed; NULL if there is no such open handle.
    fn plain_of(&self, h: HPy) -> HPy {
        let handles = lock(&self.handles);
        let entry = handles.find(h).ok().and_then(|place| handles.get(place));
        entry.filter(|entry| entry.is_open()).map_or(HPy::NULL, |entry| entry.plain)
    }

    /// Where a handle was made, in lines; `None` if nobody looked.
    pub fn trace(&self, id: usize) -> Option<String> {
        let origin = lock(&self.handles).get(id).and_then(Entry::made).cloned();
        origin.map(|origin| origin.to_string())
    }

    /// Closes a handle for the extension, with the rules for it.
    ///
    /// # Safety
    ///
    /// This thread runs Python.
    pub unsafe fn force_close(&self, id: usize) {
        let h = {
            let handles = lock(&self.handles);
            if handles.get(id).is_none() {
                return;
            }
            handles.value(id)
        };
        // SAFETY: the caller's word.
        unsafe {
            if let Some(plain) = self.close(h, "force_close") {
                ((*self.plain).ctx_Close)(self.plain, plain);
            }
        }
    }

    /// How many closed handles are remembered.
    pub fn closed_handles_queue_max_size(&self) -> usize {
        lock(&self.handles).closed_max
    }

    /// Sets how many closed handles are remembered. It holds from the next handle on.
    pub fn set_closed_handles_queue_max_size(&self, size: usize) {
        lock(&self.handles).closed_max = size;
    }

    /// How many bytes that were handed out are kept for closed handles.
    pub fn protected_raw_data_max_size(&self) -> usize {
        lock(&self.handles).raw_data_max
    }

    /// Sets how many bytes that were handed out are kept for closed handles.
    pub fn set_protected_raw_data_max_size(&self, size: usize) {
        lock(&self.handles).raw_data_max = size;
    }

    /// How many frames are recorded for each handle; 0 if none.
    pub fn handle_stack_trace_limit(&self) -> usize {
        lock(&self.settings).trace_limit
    }

    /// Sets how many frames are recorded for each handle that is made from now on.
    pub fn set_handle_stack_trace_limit(&self, limit: usize) {
        lock(&self.settings).trace_limit = limit;
    }

    /// Sets what is called for wrong use, without arguments; NULL for nothing, so that wrong use ends the process.
    ///
    /// # Safety
    ///
    /// This thread runs Python; `function` is NULL or an open handle of the plain context, which stays the caller's.
    pub unsafe fn set_hook(&self, hook: Hook, function: HPy) {
        // SAFETY: the caller's word; the old function is a handle of ours.
        unsafe {
            let new =
                if function.is_null() { function } else { ((*self.plain).ctx_Dup)(self.plain, function) };
            let old = {
                let mut settings = lock(&self.settings);
                let place = match hook {
                    Hook::InvalidHandle => &mut settings.on_invalid_handle,
                    Hook::InvalidBuilder => &mut settings.on_invalid_builder,
                };
                core::mem::replace(place, new)
            };
            if !old.is_null() {
                ((*self.plain).ctx_Close)(self.plain, old);
            }
        }
    }

    /// Builders and trackers that were made and not finished, as lines.
    pub fn open_builders(&self, generation: i64) -> Vec<String> {
        lock(&self.builders).open_since(generation)
    }

    /// Where this is, if the user wants to know.
    ///
    /// # Safety
    ///
    /// This thread runs Python.
    unsafe fn origin(&self) -> Option<Origin> {
        let limit = lock(&self.settings).trace_limit;
        // SAFETY: the caller's word.
        if limit == 0 { None } else { Some(unsafe { Origin::capture(self.plain, limit) }) }
    }
}
