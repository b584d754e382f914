//! Debug mode over a plain context without Python.

#![allow(unused_unsafe)] // functions that only give back what they got

mod mock;

use std::process::Command;
use std::sync::atomic::Ordering::Relaxed;

use hpy_debug::debug::{Debug, Hook};
use hpy_sys::*;
use mock::{call, count, new, text};

type Args = *const HPy;

fn debug() -> &'static Debug {
    // SAFETY: the context has what the tests need, and lives for ever.
    unsafe { Debug::new(mock::context()) }
}

/// Wrong use is counted, not fatal.
fn with_hook() -> &'static Debug {
    let debug = debug();
    let hook = new(c"hook");
    // SAFETY: an open handle of the plain context.
    unsafe {
        debug.set_hook(Hook::InvalidHandle, hook);
        debug.set_hook(Hook::InvalidBuilder, hook);
    }
    debug
}

macro_rules! extension {
    ($($name:ident = |$ctx:ident, $args:ident| $body:expr;)*) => {$(
        unsafe extern "C" fn $name($ctx: *mut HPyContext, _: HPy, $args: Args, _: usize) -> HPy {
            // SAFETY: HPy's rules, or what breaks them.
            unsafe { $body }
        }
    )*};
}

extension! {
    add = |ctx, args| HPy_Add(ctx, *args, *args.add(1));
    leak = |ctx, args| { HPy_Dup(ctx, *args); HPy_Dup(ctx, (*ctx).h_None) };
    close_twice = |ctx, args| { let h = HPy_Dup(ctx, *args); HPy_Close(ctx, h); HPy_Close(ctx, h); HPy_Dup(ctx, h) };
    close_argument = |ctx, args| { HPy_Close(ctx, *args); HPy_Dup(ctx, (*ctx).h_None) };
    close_constant = |ctx, _args| { HPy_Close(ctx, (*ctx).h_True); HPy_Dup(ctx, (*ctx).h_None) };
    return_argument = |_ctx, args| *args;
    return_constant = |ctx, _args| (*ctx).h_None;
    return_nonsense = |_ctx, _args| HPy { _i: 0x1234 };
    return_null = |_ctx, _args| HPy::NULL;
    call_with_items = |ctx, args| HPy_Call(ctx, *args, args, 2, HPy::NULL);
    build = |ctx, args| {
        let builder = HPyListBuilder_New(ctx, 1);
        HPyListBuilder_Set(ctx, builder, 0, *args);
        HPyListBuilder_Build(ctx, builder)
    };
    build_twice = |ctx, _args| {
        let builder = HPyListBuilder_New(ctx, 0);
        HPy_Close(ctx, HPyListBuilder_Build(ctx, builder));
        HPyListBuilder_Build(ctx, builder)
    };
    set_outside = |ctx, args| {
        let builder = HPyListBuilder_New(ctx, 1);
        HPyListBuilder_Set(ctx, builder, 1, *args);
        HPyListBuilder_Cancel(ctx, builder);
        HPy_Dup(ctx, (*ctx).h_None)
    };
    forget_builder = |ctx, _args| { HPyListBuilder_New(ctx, 3); HPy_Dup(ctx, (*ctx).h_None) };
    track = |ctx, args| {
        let tracker = HPyTracker_New(ctx, 0);
        HPyTracker_Add(ctx, tracker, HPy_Dup(ctx, *args));
        HPyTracker_Add(ctx, tracker, HPy_Dup(ctx, *args));
        HPyTracker_Close(ctx, tracker);
        HPy_Dup(ctx, (*ctx).h_None)
    };
    use_tracker_again = |ctx, args| {
        let tracker = HPyTracker_New(ctx, 0);
        HPyTracker_Close(ctx, tracker);
        HPyTracker_Add(ctx, tracker, *args);
        HPy::NULL
    };
    not_a_type = |ctx, args| { HPy_TypeCheck(ctx, *args, *args); HPy::NULL };
    detach = |ctx, _args| {
        let state = HPy_LeavePythonExecution(ctx);
        HPy_ReenterPythonExecution(ctx, state);
        HPy_Dup(ctx, (*ctx).h_None)
    };
    dup_detached = |ctx, args| { HPy_LeavePythonExecution(ctx); HPy_Dup(ctx, *args) };
    other_thread = |ctx, args| {
        let (ctx, h) = (ctx as usize, (*args)._i);
        std::thread::spawn(move || { HPy_Dup(ctx as *mut HPyContext, HPy { _i: h }); }).join().unwrap();
        HPy::NULL
    };
    keep = |ctx, _args| { KEPT.store(ctx, Relaxed); HPy_Dup(ctx, (*ctx).h_None) };
    use_kept = |ctx, _args| HPy_Dup(KEPT.load(Relaxed), (*ctx).h_None);
    length = |ctx, args| {
        let mut size = 0;
        let h = HPy_Dup(ctx, *args);
        let (a, b) = (HPyUnicode_AsUTF8AndSize(ctx, h, &mut size), HPyUnicode_AsUTF8AndSize(ctx, h, &mut size));
        assert_eq!(a, b);
        assert_eq!(core::ffi::CStr::from_ptr(a).count_bytes() as isize, size);
        HPy_Close(ctx, h);
        HPy_Dup(ctx, (*ctx).h_None)
    };
    fetch_and_keep = |ctx, _args| {
        KEPT.store(ctx, Relaxed);
        let error = (hpy_host::context::extensions::of(ctx).unwrap().err_fetch)(ctx);
        ERROR.store(error._i, Relaxed);
        HPy_Dup(ctx, (*ctx).h_None)
    };
    restore_and_close_kept = |ctx, _args| {
        let (kept, error) = (KEPT.load(Relaxed), ERROR.load(Relaxed));
        let ext = hpy_host::context::extensions::of(kept).unwrap();
        (ext.err_restore)(ctx, HPy { _i: error });
        assert_eq!((ext.runs_python)(kept), 1);
        (ext.close_kept)(kept, HPy { _i: error });
        HPy::NULL
    };
    make_type = |ctx, _args| {
        let none = core::ptr::null_mut();
        (hpy_host::context::extensions::of(ctx).unwrap().type_from_spec)(ctx, none, core::ptr::null_mut(), core::ptr::null())
    };
    store = |ctx, args| {
        HPyGlobal_Store(ctx, &raw mut GLOBAL, *args);
        HPyGlobal_Load(ctx, GLOBAL)
    };
}

static KEPT: std::sync::atomic::AtomicPtr<HPyContext> =
    std::sync::atomic::AtomicPtr::new(core::ptr::null_mut());
static ERROR: std::sync::atomic::AtomicIsize = std::sync::atomic::AtomicIsize::new(0);
static mut GLOBAL: HPyGlobal = HPyGlobal::NULL;

#[test]
fn right_use() {
    let debug = with_hook();
    let generation = debug.new_generation();
    let (a, b) = (new(c"a"), new(c"b"));
    let sum = call(debug.context(), add, &[a, b]);
    assert_eq!(text(sum), "ab");
    for function in [length, track, detach, build, store] {
        assert!(!call(debug.context(), function, &[a]).is_null());
    }
    assert_eq!(text(call(debug.context(), call_with_items, &[a, b])), "aab");
    assert!(call(debug.context(), return_null, &[]).is_null());
    assert_eq!(debug.open_handles(generation), []);
    assert_eq!(debug.open_builders(generation), [] as [String; 0]);
    assert_eq!(mock::called(), 0);
    assert_eq!((count(a), count(b)), (3, 1), "the global has one, and the load of it");
}

#[test]
fn leaks_are_seen() {
    let debug = debug();
    let a = new(c"a");
    call(debug.context(), leak, &[a]);
    let generation = debug.new_generation();
    call(debug.context(), leak, &[a]);
    let leaks = debug.open_handles(generation);
    let [leaked] = leaks[..] else { panic!("{leaks:?}") };
    // SAFETY: there is no Python to be asked.
    let object = unsafe { debug.object(leaked) };
    assert_eq!((text(object).as_str(), count(object)), ("a", 4));
    assert_eq!(debug.trace(leaked), None);
    // SAFETY: there is no Python to be asked.
    unsafe { debug.force_close(leaked) };
    assert_eq!(debug.open_handles(generation), []);
    assert!(debug.closed_handles(generation).contains(&leaked));
    // SAFETY: as above.
    assert!(unsafe { debug.object(leaked) }.is_null());
    call(debug.context(), forget_builder, &[]);
    assert!(debug.open_builders(generation)[0].starts_with("<HPyListBuilder of size 3>"));
}

#[test]
fn a_trace_names_python_s_lines_and_the_native_place() {
    let debug = debug();
    debug.set_handle_stack_trace_limit(8);
    let generation = debug.new_generation();
    call(debug.context(), leak, &[new(c"a")]);
    let [leaked] = debug.open_handles(generation)[..] else { panic!() };
    let trace = debug.trace(leaked).unwrap();
    assert!(trace.starts_with("    File \"app.py\", line 7, in name of result\n"), "{trace}");
    assert!(trace.contains("    File \"app.py\", line 12, in name of outer\n"), "{trace}");
}

#[test]
fn wrong_use_is_reported_once_and_does_no_harm() {
    for (function, invalid) in [
        (close_twice as HPyFunc_varargs, 2), // and then it dups the closed handle
        (close_argument, 1),
        (close_constant, 1),
        (return_argument, 1),
        (return_constant, 1),
        (build_twice, 1),
        (set_outside, 1),
    ] {
        let debug = with_hook();
        let (a, before) = (new(c"a"), mock::called());
        let result = call(debug.context(), function, &[a]);
        assert_eq!(mock::called() - before, invalid);
        if !result.is_null() {
            // SAFETY: there is no Python to be asked.
            unsafe { debug.set_hook(Hook::InvalidHandle, HPy::NULL) };
            assert!(count(result) >= 1);
        }
        assert!(count(a) >= 1, "the caller's reference is still there");
    }
    assert_eq!(mock::error().as_deref(), Some("MemoryError"), "of the builder that was built twice");
}

#[test]
fn a_context_comes_back_after_many_calls_only() {
    let debug = debug();
    call(debug.context(), keep, &[]);
    let first = KEPT.load(Relaxed);
    let mut calls = 0;
    loop {
        call(debug.context(), keep, &[]);
        calls += 1;
        if KEPT.load(Relaxed) == first {
            break;
        }
    }
    assert_eq!(calls, 16);
}

#[test]
fn extensions_are_wrapped() {
    // SAFETY: the context has what the test needs, and lives for ever.
    let debug = unsafe { Debug::new(mock::context_with_extensions()) };
    let generation = debug.new_generation();
    mock::set_error("raised");
    call(debug.context(), fetch_and_keep, &[]);
    let [kept] = debug.open_handles(generation)[..] else { panic!() };
    // SAFETY: there is no Python to be asked.
    assert_eq!(text(unsafe { debug.object(kept) }), "raised");
    call(debug.context(), restore_and_close_kept, &[]);
    assert_eq!(mock::error().as_deref(), Some("raised"));
    assert_eq!(debug.open_handles(generation), []);
    let ty = call(debug.context(), make_type, &[]);
    assert_eq!((text(ty).as_str(), count(ty)), ("a type", 1));
}

/// Runs one function in a process of its own, and gives what it said at its end.
#[test]
fn the_end_of_the_process() {
    let cases: [(&str, HPyFunc_varargs, &[&str]); 10] = [
        (
            "close_twice",
            close_twice,
            &["already closed handle", "HPy_Close: the handle is closed", "It was made at:"],
        ),
        ("close_constant", close_constant, &["already closed handle", "constant"]),
        ("return_constant", return_constant, &["already closed handle", "HPy_Dup"]),
        ("return_nonsense", return_nonsense, &["no handle of the debug context"]),
        ("build_twice", build_twice, &["already closed builder"]),
        ("use_tracker_again", use_tracker_again, &["already closed tracker"]),
        ("not_a_type", not_a_type, &["HPy_TypeCheck arg 2 must be a type"]),
        ("dup_detached", dup_detached, &["Error: Wrong HPy Context!", "HPy_LeavePythonExecution"]),
        ("other_thread", other_thread, &["Error: Wrong HPy Context!", "another thread"]),
        ("use_kept", use_kept, &["Error: Wrong HPy Context!", "its call is over"]),
    ];
    let wanted = std::env::var("HPY_DEBUG_CASE").ok();
    for (name, function, said) in cases {
        if let Some(wanted) = &wanted {
            if wanted == name {
                let debug = debug();
                debug.set_handle_stack_trace_limit(16);
                call(debug.context(), keep, &[]);
                call(debug.context(), function, &[new(c"a")]);
                std::process::exit(0);
            }
            continue;
        }
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "the_end_of_the_process", "--nocapture"])
            .env("HPY_DEBUG_CASE", name)
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success(), "{name} came back: {text}");
        for part in said {
            assert!(text.contains(part), "{name}: {part:?} is not in {text}");
        }
    }
}
