//! Trace mode over a plain context without Python.

mod mock;

use std::collections::BTreeMap;

use hpy_debug::debug::Debug;
use hpy_debug::trace::{Hook, Trace};
use hpy_sys::*;
use mock::{call, new, text};

unsafe extern "C" fn add_three(ctx: *mut HPyContext, _: HPy, args: *const HPy, _: usize) -> HPy {
    // SAFETY: HPy's rules.
    unsafe {
        let first = HPy_Add(ctx, *args, *args.add(1));
        let sum = HPy_Add(ctx, first, *args.add(2));
        HPy_Close(ctx, first);
        std::thread::sleep(std::time::Duration::from_millis(1));
        sum
    }
}

#[test]
fn calls_are_counted_by_name() {
    // SAFETY: the context has what the test needs, and lives for ever.
    let trace = unsafe { Trace::new(mock::context()) };
    let args = [new(c"a"), new(c"b"), new(c"c")];
    assert_eq!(text(call(trace.context(), add_three, &args)), "abc");
    let counts: BTreeMap<_, _> = trace.call_counts().filter(|(_, count)| *count > 0).collect();
    assert_eq!(counts, BTreeMap::from([("ctx_Add", 2), ("ctx_Close", 1)]));
    let times: BTreeMap<_, _> = trace.durations().filter(|(_, time)| *time > 0).collect();
    assert!(times.keys().all(|name| counts.contains_key(name)), "{times:?}");
    assert!(times["ctx_Add"] > 0);
}

#[test]
fn functions_are_called_before_and_after() {
    // SAFETY: the context has what the test needs, and lives for ever.
    let trace = unsafe { Trace::new(mock::context()) };
    let (hook, raises) = (new(c"hook"), new(c"raise"));
    let args = [new(c"a"), new(c"b"), new(c"c")];
    // SAFETY: open handles of the plain context.
    unsafe { trace.set_hook(Hook::Enter, hook) };
    call(trace.context(), add_three, &args);
    assert_eq!(mock::called(), 3);
    // SAFETY: as above.
    unsafe { trace.set_hook(Hook::Exit, raises) };
    call(trace.context(), add_three, &args);
    assert_eq!(mock::called(), 9);
    assert_eq!(mock::error(), None, "what a hook raises does not stay");
    // SAFETY: as above.
    unsafe {
        trace.set_hook(Hook::Enter, HPy::NULL);
        trace.set_hook(Hook::Exit, HPy::NULL);
    }
    call(trace.context(), add_three, &args);
    assert_eq!(mock::called(), 9);
    assert_eq!((mock::count(hook), mock::count(raises)), (1, 1));
}

#[test]
fn both_modes_know_their_names() {
    let name = |ctx: *mut HPyContext| {
        // SAFETY: a context with a NUL-terminated name.
        unsafe { core::ffi::CStr::from_ptr((*ctx).name) }.to_str().unwrap()
    };
    // SAFETY: the context has what the test needs, and lives for ever.
    unsafe {
        let (foreign, ours) = (mock::context(), mock::context_with_extensions());
        assert_eq!(name(Trace::new(ours).context()), "HPy Trace Mode ABI (hpy-host)");
        assert_eq!(name(Debug::new(ours).context()), "HPy Debug Mode ABI (hpy-host)");
        assert_eq!(name(Trace::new(foreign).context()), "HPy Trace Mode ABI");
        assert_eq!(name(Debug::new(foreign).context()), "HPy Debug Mode ABI");
        assert!(
            hpy_host::context::extensions::of(Debug::new(foreign).context()).is_none(),
            "its private data is not ours"
        );
    }
}
