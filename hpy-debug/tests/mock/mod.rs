//! A plain context without Python: objects are texts with a reference count.
//!
//! A handle is the number of an object, shifted, so that it is no handle of a debug context by chance. Only the functions
//! that the tests need are there; the others are null.

#![allow(dead_code, non_snake_case, non_upper_case_globals)] // each test file uses its part; the names are HPy's

use core::ffi::{CStr, c_char, c_int, c_void};
use std::cell::RefCell;
use std::ffi::CString;

use hpy_host::context::extensions::{Extensions, TypeExtras};
use hpy_sys::*;

struct Object {
    text: CString,
    count: isize,
}

thread_local! {
    static OBJECTS: RefCell<Vec<Object>> = const { RefCell::new(Vec::new()) };
    static ERROR: RefCell<Option<String>> = const { RefCell::new(None) };
    static CALLED: RefCell<usize> = const { RefCell::new(0) };
}

const NONE: isize = 1;
const TRUE: isize = 2;
const STR: isize = 3;
const TYPE: isize = 4;

fn handle(object: usize) -> HPy {
    HPy { _i: ((object as isize) << 8) | 0x55 }
}

fn number(h: HPy) -> usize {
    assert_eq!(h._i & 0xff, 0x55, "{h:?} is no handle of the plain context");
    (h._i >> 8) as usize
}

pub(crate) fn new(text: &CStr) -> HPy {
    OBJECTS.with_borrow_mut(|objects| {
        objects.push(Object { text: text.to_owned(), count: 1 });
        handle(objects.len() - 1)
    })
}

pub(crate) fn count(h: HPy) -> isize {
    OBJECTS.with_borrow(|objects| objects[number(h)].count)
}

pub(crate) fn text(h: HPy) -> String {
    OBJECTS.with_borrow(|objects| objects[number(h)].text.to_str().unwrap().to_owned())
}

pub(crate) fn set_error(text: &str) {
    ERROR.set(Some(text.to_owned()));
}

pub(crate) fn error() -> Option<String> {
    ERROR.take()
}

/// How often something was called in Python.
pub(crate) fn called() -> usize {
    CALLED.with_borrow(|n| *n)
}

unsafe extern "C" fn ctx_Dup(_: *mut HPyContext, h: HPy) -> HPy {
    if !h.is_null() {
        OBJECTS.with_borrow_mut(|objects| objects[number(h)].count += 1);
    }
    h
}

unsafe extern "C" fn ctx_Close(_: *mut HPyContext, h: HPy) {
    if !h.is_null() {
        OBJECTS.with_borrow_mut(|objects| {
            let count = &mut objects[number(h)].count;
            *count -= 1;
            assert!(*count >= 0, "an object is closed too often");
        });
    }
}

unsafe extern "C" fn ctx_Is(_: *mut HPyContext, a: HPy, b: HPy) -> c_int {
    (number(a) == number(b)).into()
}

/// `type` is a type, `str` is one, and everything else is a `str`.
unsafe extern "C" fn ctx_TypeCheck(_: *mut HPyContext, h: HPy, ty: HPy) -> c_int {
    let is_type = matches!(number(h) as isize, STR | TYPE);
    (is_type == (number(ty) as isize == TYPE)).into()
}

unsafe extern "C" fn ctx_Unicode_FromString(_: *mut HPyContext, text: *const c_char) -> HPy {
    // SAFETY: HPy's rules.
    new(unsafe { CStr::from_ptr(text) })
}

unsafe extern "C" fn ctx_Unicode_AsUTF8AndSize(
    _: *mut HPyContext,
    h: HPy,
    size: *mut isize,
) -> *const c_char {
    OBJECTS.with_borrow(|objects| {
        let text = &objects[number(h)].text;
        // SAFETY: HPy's rules.
        unsafe { *size = text.count_bytes() as isize };
        text.as_ptr()
    })
}

unsafe extern "C" fn ctx_Add(_: *mut HPyContext, a: HPy, b: HPy) -> HPy {
    new(&CString::new(text(a) + &text(b)).unwrap())
}

unsafe extern "C" fn ctx_CallTupleDict(_: *mut HPyContext, callable: HPy, _: HPy, _: HPy) -> HPy {
    CALLED.with_borrow_mut(|n| *n += 1);
    if text(callable) == "raise" {
        ERROR.set(Some("raised".to_owned()));
        return HPy::NULL;
    }
    new(c"result")
}

unsafe extern "C" fn ctx_Call(
    _: *mut HPyContext,
    callable: HPy,
    args: *const HPy,
    n: usize,
    kwnames: HPy,
) -> HPy {
    assert!(kwnames.is_null());
    let mut all = text(callable);
    for i in 0..n {
        // SAFETY: HPy's rules.
        all += &text(unsafe { *args.add(i) });
    }
    new(&CString::new(all).unwrap())
}

unsafe extern "C" fn ctx_Tuple_FromArray(_: *mut HPyContext, _: *mut HPy, _: isize) -> HPy {
    new(c"tuple")
}

unsafe extern "C" fn ctx_Err_Occurred(_: *mut HPyContext) -> c_int {
    ERROR.with_borrow(|error| error.is_some()).into()
}

unsafe extern "C" fn ctx_Err_Clear(_: *mut HPyContext) {
    ERROR.set(None);
}

unsafe extern "C" fn ctx_Err_WriteUnraisable(_: *mut HPyContext, _: HPy) {
    assert!(ERROR.take().is_some());
}

unsafe extern "C" fn ctx_FatalError(_: *mut HPyContext, message: *const c_char) -> ! {
    // SAFETY: HPy's rules.
    let message = unsafe { CStr::from_ptr(message) };
    eprintln!("fatal: {}", message.to_string_lossy());
    std::process::exit(86)
}

unsafe extern "C" fn ctx_Import_ImportModule(_: *mut HPyContext, _: *const c_char) -> HPy {
    new(c"sys")
}

/// `sys._getframe`, and two frames.
unsafe extern "C" fn ctx_GetAttr_s(_: *mut HPyContext, h: HPy, name: *const c_char) -> HPy {
    // SAFETY: HPy's rules.
    let name = unsafe { CStr::from_ptr(name) };
    match (text(h).as_str(), name.to_str().unwrap()) {
        ("result", "f_back") => new(c"outer"),
        ("outer", "f_back") => handle(NONE as usize),
        ("result", "f_lineno") => new(c"7"),
        (_, "f_lineno") => new(c"12"),
        (_, "co_filename") => new(c"app.py"),
        (owner, "co_name") => new(&CString::new(format!("name of {owner}")).unwrap()),
        (owner, _) => new(&CString::new(owner).unwrap()),
    }
}

unsafe extern "C" fn ctx_Long_AsInt64_t(_: *mut HPyContext, h: HPy) -> i64 {
    text(h).parse().unwrap()
}

unsafe extern "C" fn ctx_LeavePythonExecution(_: *mut HPyContext) -> HPyThreadState {
    HPyThreadState { _i: 1 }
}

unsafe extern "C" fn ctx_ReenterPythonExecution(_: *mut HPyContext, _: HPyThreadState) {}

unsafe extern "C" fn ctx_Global_Store(ctx: *mut HPyContext, global: *mut HPyGlobal, h: HPy) {
    // SAFETY: HPy's rules.
    unsafe { *global = HPyGlobal { _i: ctx_Dup(ctx, h)._i } };
}

unsafe extern "C" fn ctx_Global_Load(ctx: *mut HPyContext, global: HPyGlobal) -> HPy {
    // SAFETY: HPy's rules.
    unsafe { ctx_Dup(ctx, HPy { _i: global._i }) }
}

unsafe extern "C" fn ctx_ListBuilder_New(_: *mut HPyContext, _: isize) -> HPyListBuilder {
    HPyListBuilder { _lst: new(c"list")._i }
}

unsafe extern "C" fn ctx_ListBuilder_Set(_: *mut HPyContext, builder: HPyListBuilder, _: isize, item: HPy) {
    assert_eq!(text(HPy { _i: builder._lst }), "list");
    text(item);
}

unsafe extern "C" fn ctx_ListBuilder_Build(_: *mut HPyContext, builder: HPyListBuilder) -> HPy {
    if builder.is_null() {
        ERROR.set(Some("MemoryError".to_owned()));
    }
    HPy { _i: builder._lst }
}

unsafe extern "C" fn ctx_ListBuilder_Cancel(ctx: *mut HPyContext, builder: HPyListBuilder) {
    // SAFETY: HPy's rules.
    unsafe { ctx_Close(ctx, HPy { _i: builder._lst }) }
}

/// Objects of the interpreter are handles here.
unsafe extern "C" fn ctx_CallRealFunctionFromTrampoline(
    ctx: *mut HPyContext,
    signature: HPyFunc_Signature,
    function: HPyCFunction,
    args: *mut c_void,
) {
    let handle = |object: *mut cpy_PyObject| HPy { _i: object as isize };
    // SAFETY: HPy's rules.
    unsafe {
        match signature {
            HPyFunc_NOARGS => {
                let a = args.cast::<_HPyFunc_args_NOARGS>();
                let f: HPyFunc_noargs = core::mem::transmute(function);
                (*a).result = f(ctx, handle((*a).self_))._i as *mut cpy_PyObject;
            }
            HPyFunc_VARARGS => {
                let a = args.cast::<_HPyFunc_args_VARARGS>();
                let f: HPyFunc_varargs = core::mem::transmute(function);
                (*a).result =
                    f(ctx, handle((*a).self_), (*a).args.cast(), (*a).nargs as usize)._i as *mut cpy_PyObject;
            }
            _ => panic!("signature {signature}"),
        }
    }
}

/// A new one, with objects of its thread.
pub(crate) fn context() -> *mut HPyContext {
    OBJECTS.with_borrow_mut(|objects| {
        for name in [c"NULL", c"None", c"True", c"str", c"type"] {
            objects.push(Object { text: name.to_owned(), count: 1000 });
        }
    });
    let ctx = Box::leak(Box::new(core::mem::MaybeUninit::<HPyContext>::zeroed())).as_mut_ptr();
    macro_rules! fill {
        ($($member:ident)*) => { $((*ctx).$member = $member;)* };
    }
    // SAFETY: the place is ours; a context may lack what is not called.
    unsafe {
        (*ctx).name = c"HPy Universal ABI (mock)".as_ptr();
        (*ctx).h_None = handle(NONE as usize);
        (*ctx).h_True = handle(TRUE as usize);
        (*ctx).h_UnicodeType = handle(STR as usize);
        (*ctx).h_TypeType = handle(TYPE as usize);
        fill!(ctx_Dup ctx_Close ctx_Is ctx_TypeCheck ctx_Unicode_FromString ctx_Unicode_AsUTF8AndSize ctx_Add
            ctx_CallTupleDict ctx_Call ctx_Tuple_FromArray ctx_Err_Occurred ctx_Err_Clear ctx_Err_WriteUnraisable ctx_FatalError
            ctx_Import_ImportModule ctx_GetAttr_s ctx_Long_AsInt64_t ctx_LeavePythonExecution
            ctx_ReenterPythonExecution ctx_Global_Store ctx_Global_Load ctx_ListBuilder_New ctx_ListBuilder_Set
            ctx_ListBuilder_Build ctx_ListBuilder_Cancel ctx_CallRealFunctionFromTrampoline);
    }
    ctx
}

/// The same, with the extensions of our hosts: errors are objects, too.
pub(crate) fn context_with_extensions() -> *mut HPyContext {
    unsafe extern "C" fn err_fetch(_: *mut HPyContext) -> HPy {
        error().map_or(HPy::NULL, |text| new(&CString::new(text).unwrap()))
    }
    unsafe extern "C" fn err_restore(_: *mut HPyContext, value: HPy) {
        ERROR.set(Some(text(value)));
    }
    unsafe extern "C" fn attach(
        _: *mut HPyContext,
        _: hpy_host::context::extensions::Attached,
        _: *mut core::ffi::c_void,
    ) -> c_int {
        hpy_host::context::extensions::Refused::Unsupported as c_int
    }

    unsafe extern "C" fn runs_python(_: *mut HPyContext) -> c_int {
        1
    }
    unsafe extern "C" fn type_from_spec(
        _: *mut HPyContext,
        _: *mut HPyType_Spec,
        _: *mut HPyType_SpecParam,
        _: *const TypeExtras,
    ) -> HPy {
        new(c"a type")
    }
    unsafe extern "C" fn new_module(_: *mut HPyContext, _: *const c_char, _: *const HPyModuleDef) -> HPy {
        new(c"a module")
    }
    unsafe extern "C" fn plain_handle(_: *mut HPyContext, h: HPy) -> HPy {
        h
    }
    let extensions = Extensions {
        count: 5,
        err_fetch,
        err_restore,
        runs_python,
        type_from_spec,
        close_kept: ctx_Close,
        attach,
        new_module,
        plain_handle,
    };
    let ctx = context();
    // SAFETY: the context is ours.
    unsafe {
        (*ctx).name = c"HPy Universal ABI (hpy-host, mock)".as_ptr();
        (*ctx)._private = core::ptr::from_mut(Box::leak(Box::new(extensions))).cast();
    }
    ctx
}

/// Calls a function of the extension as the interpreter does, through the context that its file was given.
pub(crate) fn call(root: *mut HPyContext, function: HPyFunc_varargs, args: &[HPy]) -> HPy {
    let args: Vec<*mut cpy_PyObject> = args.iter().map(|h| h._i as *mut cpy_PyObject).collect();
    let mut packed = _HPyFunc_args_VARARGS {
        self_: handle(NONE as usize)._i as *mut cpy_PyObject,
        args: args.as_ptr(),
        nargs: args.len() as isize,
        result: core::ptr::null_mut(),
    };
    // SAFETY: a context for a file, and the struct of this signature.
    unsafe {
        _HPy_CallRealFunctionFromTrampoline(
            root,
            HPyFunc_VARARGS,
            function as *const c_void,
            (&raw mut packed).cast(),
        );
    }
    HPy { _i: packed.result as isize }
}
