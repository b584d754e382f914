//! [`ClassTable`]: what the macro says of a class; and the making of the class when its module is imported.

use core::ffi::{CStr, c_int, c_void};
use std::ffi::CString;

use hpy_host::cpy::{PyMethodDef, PyType_Slot};
use hpy_sys::{HPyDef, HPyFunc_visitproc, HPyType_Spec, HPyType_SpecParam};

use super::construct::{NewDef, NoNew};
use super::function::{Convention, Def, Function, FunctionDef};
use super::operators::ExtraDef;
use super::slot::{DefPair, Property, Trampolines};
use crate::class::{Assign, Class, Fields, Payload};
use crate::context::Context;
use crate::convert::{FromPython, IntoPython};
use crate::error::Result;
use crate::handle::Handle;
use crate::types::{self, Tuple, Type};

/// What a class is made of. The macro implements it for the class itself.
pub trait ClassTable: Class {
    /// The docstring.
    const DOC: &'static CStr;
    /// What `#[class]` makes: attributes of fields, derived dunder methods.
    const DEFS: &'static [DefPair];
    /// What `#[methods]` makes.
    const METHODS: &'static Methods;
    /// Does `#[class]` make a `__new__`?
    const NEW: bool;
    /// May Python code inherit from it?
    const SUBCLASS: bool;
    /// The module in Python, if it is not the one that has the class.
    const MODULE: Option<&'static str>;
}

/// What `#[methods]` makes of an `impl` block.
#[derive(Debug)]
pub struct Methods {
    /// Methods, attributes, and slots that HPy has.
    pub defs: &'static [DefPair],
    /// Slots that it lacks.
    pub extras: &'static [ExtraDef],
    /// Static and class methods.
    pub free: &'static [FreeDef],
    /// Reflected operators as methods, for PyPy's own host.
    pub reflected: &'static [(&'static CStr, &'static DefPair)],
    /// Is there a `#[new]`?
    pub new: bool,
    /// Class attributes.
    pub attributes: Option<Attributes>,
}

/// Sets the class attributes.
pub type Attributes = for<'ctx> fn(Context<'ctx>, &Handle<'ctx, Type>) -> Result<()>;

/// A class without an `impl` block for Python.
pub const NO_METHODS: Methods =
    Methods { defs: &[], extras: &[], free: &[], reflected: &[], new: false, attributes: None };

/// A static method, or a class method, whose `this` is the class.
#[derive(Debug)]
pub struct FreeDef {
    name: &'static CStr,
    doc: &'static CStr,
    flags: c_int,
    functions: Trampolines,
    /// A method for hosts that have no such flags. Its `this` is nobody; a class method's class is its first argument.
    method: Def,
}

// SAFETY: constant data; its pointers are to constant data and to functions.
unsafe impl Sync for FreeDef {}

/// `HPy_TPFLAGS_DEFAULT`, `…BASETYPE` and `…HAVE_GC`.
const TPFLAGS_DEFAULT: core::ffi::c_ulong = 0x40200;
const TPFLAGS_BASETYPE: core::ffi::c_ulong = 0x400;
const TPFLAGS_HAVE_GC: core::ffi::c_ulong = 0x4000;

const METH_VARARGS_FAST: c_int = 0x80;
const METH_KEYWORDS: c_int = 0x02;
const METH_NOARGS: c_int = 0x04;
const METH_O: c_int = 0x08;
const METH_CLASS: c_int = 0x10;
const METH_STATIC: c_int = 0x20;

impl FreeDef {
    /// A static method.
    pub const fn of_static<F: Function>() -> Self {
        Self::new::<F>(METH_STATIC, FunctionDef::<F>::UNIVERSAL)
    }

    /// A class method.
    pub const fn of_class<F: Function<This = Type>>() -> Self {
        Self::new::<F>(METH_CLASS, FunctionDef::<OfArgument<F>>::UNIVERSAL)
    }

    const fn new<F: Function>(kind: c_int, method: Def) -> Self {
        let convention = match F::CONVENTION {
            Convention::NoArgs => METH_NOARGS,
            Convention::O => METH_O,
            Convention::Varargs => METH_VARARGS_FAST,
            Convention::Keywords => METH_VARARGS_FAST | METH_KEYWORDS,
        };
        FreeDef {
            name: F::NAME,
            doc: F::DOC,
            flags: kind | convention,
            functions: FunctionDef::<F>::TRAMPOLINES,
            method,
        }
    }

    const fn is_class(&self) -> bool {
        self.flags & METH_CLASS != 0
    }
}

/// A class method as a function whose first argument is the class.
struct OfArgument<F>(core::marker::PhantomData<F>);

impl<F: Function<This = Type>> Function for OfArgument<F> {
    type This = types::Any;
    const NAME: &'static CStr = F::NAME;
    const DOC: &'static CStr = F::DOC;
    const CONVENTION: Convention = match F::CONVENTION {
        Convention::NoArgs => Convention::O,
        Convention::O | Convention::Varargs => Convention::Varargs,
        Convention::Keywords => Convention::Keywords,
    };
    const PARAMS: &'static super::Params = F::PARAMS;

    fn call<'a, 'ctx>(
        ctx: Context<'ctx>,
        _: crate::handle::Ref<'a, 'ctx, types::Any>,
        args: super::Arguments<'a, 'ctx>,
        params: &'static super::Params,
    ) -> Result<Handle<'ctx>> {
        let (class, rest) = args.first(params)?;
        if F::CONVENTION as u8 == Convention::O as u8 && rest.len() != 1 {
            return Err(super::args::takes_one(params, rest.len()));
        }
        F::call(ctx, class, rest, params)
    }
}

/// `tp_traverse`.
///
/// # Safety
///
/// Only for a host to call: the payload of a live instance.
unsafe extern "C" fn traverse<T: Class>(
    data: *mut c_void,
    visit: HPyFunc_visitproc,
    arg: *mut c_void,
) -> c_int {
    // SAFETY: the host's word.
    unsafe { Payload::<T>::at(data).traverse(visit, arg) }
}

/// `tp_traverse` with CPython's signature: through the context that the host announced.
///
/// # Safety
///
/// Only for a host to call: a live instance.
unsafe extern "C" fn cpy_traverse<T: Class>(
    this: *mut hpy_sys::cpy_PyObject,
    visit: hpy_sys::cpy_visitproc,
    arg: *mut c_void,
) -> c_int {
    let mut args = hpy_sys::_HPyFunc_args_TRAVERSEPROC { self_: this, visit, arg, result: -1 };
    // SAFETY: the struct and the function of this signature.
    unsafe {
        super::trampoline::through_host(
            hpy_sys::HPyFunc_TRAVERSEPROC,
            traverse::<T> as *const c_void,
            (&raw mut args).cast(),
        )
    };
    args.result
}

/// `tp_destroy`.
///
/// # Safety
///
/// Only for a host to call, once: the payload of an instance that dies.
unsafe extern "C" fn destroy<T: Class>(data: *mut c_void) {
    if !data.is_null() {
        // SAFETY: the host's word.
        unsafe { Payload::<T>::at(data).destroy() }
    }
}

/// The CPython-signature form of `tp_destroy` is called by no host.
unsafe extern "C" fn cpy_destroy() {}

/// Makes the class, unless the file has it already, and gives it to the module.
///
/// # Errors
///
/// What the host raised.
pub fn add_class<'ctx, T: ClassTable>(
    ctx: Context<'ctx>,
    module: &Handle<'ctx, types::Module>,
) -> Result<()> {
    let class = match T::slot().get(ctx) {
        Some(class) => class,
        None => {
            let class = make::<T>(ctx, module)?;
            T::slot().set(ctx, &class);
            if let Some(attributes) = T::METHODS.attributes {
                attributes(ctx, &class)?;
            }
            class
        }
    };
    module.setattr(<T as Class>::NAME, class)
}

/// A host, as far as classes differ between hosts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum HostKind {
    /// Has all that we need. Does it want functions that call the Rust code?
    Ours { direct: bool },
    /// PyPy's own. It does not know of classes that nobody may inherit from.
    PyPy,
    /// CPython's `hpy`, or GraalPy's own: there Python classes that inherit from ours break the interpreter.
    Foreign,
}

impl HostKind {
    fn of(ctx: Context<'_>) -> Self {
        if ctx.is_embedded() {
            let pypy = hpy_host::interp::interpreter()
                .is_some_and(|known| known.implementation == hpy_host::interp::Implementation::PyPy);
            HostKind::Ours { direct: !pypy }
        } else if ctx.extensions().is_some() {
            HostKind::Ours { direct: false }
        } else if hpy_sys::view::is_pypy() {
            HostKind::PyPy
        } else {
            HostKind::Foreign
        }
    }

    /// Do instances of Python's own subclasses work? Other hosts give them wrong memory, or die of their end.
    fn has_subclasses(self) -> bool {
        matches!(self, HostKind::Ours { .. })
    }

    fn pick(self, pair: &'static DefPair) -> *mut HPyDef {
        core::ptr::from_ref(pair.def(self)).cast_mut() // hosts never write there
    }

    fn function(self, functions: &Trampolines) -> *mut c_void {
        let direct = self == (HostKind::Ours { direct: true });
        if direct { functions.direct.cast_mut() } else { functions.portable.cast_mut() }
    }
}

impl DefPair {
    /// The one for that kind of host.
    fn def(&'static self, host: HostKind) -> &'static HPyDef {
        let direct = host == HostKind::Ours { direct: true };
        if direct { self.embedded.get() } else { self.universal.get() }
    }
}

/// The definitions that every class has.
struct Own<T>(core::marker::PhantomData<T>);

impl<T: Class> Own<T> {
    const NO_NEW: &'static DefPair = &NewDef::<NoNew<T>>::PAIR;
    const DESTROY: &'static Def =
        &Def::slot(hpy_sys::HPy_tp_destroy, destroy::<T> as *const c_void, cpy_destroy as *const c_void);
    const TRAVERSE: &'static Def = &Def::slot(
        hpy_sys::HPy_tp_traverse,
        traverse::<T> as *const c_void,
        cpy_traverse::<T> as *const c_void,
    );
}

fn make<'ctx, T: ClassTable>(
    ctx: Context<'ctx>,
    module: &Handle<'ctx, types::Module>,
) -> Result<Handle<'ctx, Type>> {
    // Here, so that a module without classes has nothing of it.
    crate::class::choose_host(ctx);
    let host = HostKind::of(ctx);
    let mut defs: Vec<*mut HPyDef> = vec![Own::<T>::DESTROY.as_raw()];
    if T::GC {
        defs.push(Own::<T>::TRAVERSE.as_raw());
    }
    if !T::METHODS.new && !T::NEW {
        defs.push(host.pick(Own::<T>::NO_NEW));
    }
    let mut properties: Vec<Property> = Vec::new();
    add_defs(host, T::DEFS, &mut defs, &mut properties);
    add_defs(host, T::METHODS.defs, &mut defs, &mut properties);
    if host == HostKind::PyPy {
        properties.iter().for_each(|property| property_methods(property, &mut defs));
    }
    let module_name = match T::MODULE {
        Some(name) => name.to_owned(),
        None => module.getattr("__name__")?.extract()?,
    };
    let name = crate::text::c_string("name", &format!("{module_name}.{}", <T as Class>::NAME))?;
    let mut flags = TPFLAGS_DEFAULT;
    if T::SUBCLASS && host.has_subclasses() {
        flags |= TPFLAGS_BASETYPE;
    }
    if T::GC {
        flags |= TPFLAGS_HAVE_GC;
    }
    let spec = Spec { name, size: Payload::<T>::SIZE, flags, doc: T::DOC };
    let class = build(ctx, host, spec, defs, T::METHODS)?;
    if host == HostKind::PyPy {
        properties.iter().try_for_each(|property| add_property(&class, property))?;
    }
    Ok(class)
}

/// Adds definitions to those of a class. A getter and a setter of one name, from a field and a method, become one.
fn add_defs(
    host: HostKind,
    pairs: &'static [DefPair],
    defs: &mut Vec<*mut HPyDef>,
    properties: &mut Vec<Property>,
) {
    for pair in pairs {
        let Some(property) = pair.property else {
            defs.push(host.pick(pair));
            continue;
        };
        match properties.iter_mut().find(|known| known.name == property.name) {
            Some(known) => {
                known.get = known.get.or(property.get);
                known.set = known.set.or(property.set);
                if host != HostKind::PyPy {
                    join_attribute(defs, pair.def(host));
                }
            }
            None => {
                properties.push(*property);
                if host != HostKind::PyPy {
                    defs.push(host.pick(pair));
                }
            }
        }
    }
}

/// Fills what an attribute lacks from another definition of it.
fn join_attribute(defs: &mut [*mut HPyDef], other: &'static HPyDef) {
    // SAFETY: the definitions are constant data, or were made below; each kind says which part of the union is meant.
    unsafe {
        let other = other.value.getset;
        let name = CStr::from_ptr(other.name);
        let of_name = |def: &&mut *mut HPyDef| {
            (***def).kind == hpy_sys::HPyDef_Kind_GetSet && CStr::from_ptr((***def).value.getset.name) == name
        };
        let Some(def) = defs.iter_mut().find(of_name) else { return };
        let mut joined = (**def).value.getset;
        if joined.getter_impl.is_null() {
            joined.getter_impl = other.getter_impl;
            joined.getter_cpy_trampoline = other.getter_cpy_trampoline;
        }
        if joined.setter_impl.is_null() {
            joined.setter_impl = other.setter_impl;
            joined.setter_cpy_trampoline = other.setter_cpy_trampoline;
        }
        *def = Box::leak(Box::new(HPyDef {
            kind: hpy_sys::HPyDef_Kind_GetSet,
            value: hpy_sys::HPyDef_Value { getset: joined },
        }));
    }
}

/// The names of the methods of an attribute before it is made.
fn hidden_names(property: &Property) -> [String; 3] {
    ["get", "set", "delete"].map(|verb| format!("_hpy_{verb}_{}", property.name.to_string_lossy()))
}

/// The methods of an attribute, for a host whose own attributes lose exceptions.
fn property_methods(property: &Property, defs: &mut Vec<*mut HPyDef>) {
    let methods = [property.get, property.set.map(|set| set[0]), property.set.map(|set| set[1])];
    for (name, method) in hidden_names(property).into_iter().zip(methods) {
        let (Some(method), Ok(name)) = (method, CString::new(name)) else { continue };
        defs.push(method.renamed(Box::leak(name.into_boxed_c_str())));
    }
}

/// Makes one `property` of the methods.
fn add_property(class: &Handle<'_, Type>, property: &Property) -> Result<()> {
    let ctx = class.ctx();
    let dict = class.getattr("__dict__")?;
    let mut functions = Vec::new();
    for name in hidden_names(property) {
        if dict.contains(&*name)? {
            functions.push(dict.getitem(&*name)?);
            class.delattr(&name)?;
        } else {
            functions.push(ctx.none().to_owned().into_any());
        }
    }
    let doc = property.doc.to_string_lossy();
    functions.push(if doc.is_empty() {
        ctx.none().to_owned().into_any()
    } else {
        types::Str::new(ctx, &doc)?.into_any()
    });
    let value =
        ctx.builtins().getitem("property")?.call_tuple(&Tuple::from_handles(ctx, &functions)?, None)?;
    class.setattr(&property.name.to_string_lossy(), value)
}

/// What [`build`] needs to know of a class.
struct Spec {
    name: CString,
    size: usize,
    flags: core::ffi::c_ulong,
    doc: &'static CStr,
}

/// Makes a class; compiled once. Its tables live as long as the process: hosts keep pointers into them.
fn build<'ctx>(
    ctx: Context<'ctx>,
    host: HostKind,
    spec: Spec,
    mut defs: Vec<*mut HPyDef>,
    methods: &'static Methods,
) -> Result<Handle<'ctx, Type>> {
    let ours = matches!(host, HostKind::Ours { .. });
    if !ours {
        let detours = methods.extras.iter().flat_map(|extra| extra.methods);
        defs.extend(detours.map(|(_, pair)| host.pick(pair)));
    }
    if host == HostKind::PyPy {
        defs.extend(methods.reflected.iter().map(|(name, pair)| pair.universal.renamed(name)));
    }
    // CPython knows that equality without a hash makes unhashable.
    let unhashable = host == HostKind::PyPy
        && has_slot(&defs, hpy_sys::HPy_tp_richcompare)
        && !has_slot(&defs, hpy_sys::HPy_tp_hash);
    defs.push(core::ptr::null_mut());
    let spec = Box::leak(Box::new(HPyType_Spec {
        name: spec.name.into_raw(),
        basicsize: spec.size as c_int,
        itemsize: 0,
        flags: spec.flags,
        builtin_shape: hpy_sys::HPyType_BuiltinShape_Object,
        legacy_slots: core::ptr::null_mut(),
        defines: defs.leak().as_mut_ptr(),
        doc: spec.doc.as_ptr(),
    }));
    let params: *mut HPyType_SpecParam = core::ptr::null_mut();
    let more = ours && !(methods.extras.is_empty() && methods.free.is_empty());
    // SAFETY: invariant 2; complete tables that live for ever.
    let class = unsafe {
        let mut with_more = || hpy_host::ext::type_from_spec(ctx.raw(), spec, params, extras(host, methods));
        match if more { with_more() } else { None } {
            Some(class) => class,
            None => hpy_host::calls::HPyType_FromSpec(ctx.raw(), spec, params),
        }
    };
    // SAFETY: invariant 3: a new handle on a type, or NULL with an exception.
    let class: Handle<'ctx, Type> = unsafe { Handle::from_result(ctx, class) }?;
    if unhashable {
        class.setattr("__hash__", ctx.none())?;
    }
    if !ours {
        detour(ctx, host, &class, methods)?;
    }
    Ok(class)
}

/// Is there a definition of that slot?
fn has_slot(defs: &[*mut HPyDef], slot: hpy_sys::HPySlot_Slot) -> bool {
    defs.iter().any(|def| {
        // SAFETY: the definitions live for ever; each kind says which part of the union is meant.
        unsafe { (**def).kind == hpy_sys::HPyDef_Kind_Slot && (**def).value.slot.slot == slot }
    })
}

/// What our hosts are told beyond HPy.
fn extras(host: HostKind, methods: &'static Methods) -> *const hpy_host::ext::TypeExtras {
    let mut slots: Vec<PyType_Slot> = methods
        .extras
        .iter()
        .map(|extra| PyType_Slot { slot: extra.slot, pfunc: host.function(&extra.functions) })
        .collect();
    slots.push(PyType_Slot { slot: 0, pfunc: core::ptr::null_mut() });
    let mut functions: Vec<PyMethodDef> = methods
        .free
        .iter()
        .map(|free| PyMethodDef {
            ml_name: free.name.as_ptr(),
            ml_meth: host.function(&free.functions),
            ml_flags: free.flags,
            ml_doc: free.doc.as_ptr(),
        })
        .collect();
    functions.push(PyMethodDef {
        ml_name: core::ptr::null(),
        ml_meth: core::ptr::null(),
        ml_flags: 0,
        ml_doc: core::ptr::null(),
    });
    Box::leak(Box::new(hpy_host::ext::TypeExtras {
        slots: slots.leak().as_ptr(),
        methods: functions.leak().as_ptr(),
        flags: 0,
    }))
}

/// What a foreign host can't be told, done from Python's side.
fn detour<'ctx>(
    ctx: Context<'ctx>,
    host: HostKind,
    class: &Handle<'ctx, Type>,
    methods: &'static Methods,
) -> Result<()> {
    if host == HostKind::Foreign {
        // CPython fills a slot when the method is assigned on the finished type.
        let dict = class.getattr("__dict__")?;
        for (name, _) in methods.extras.iter().flat_map(|extra| extra.methods) {
            let name = &*name.to_string_lossy();
            class.setattr(name, dict.getitem(name)?)?;
        }
    }
    let own: &'static [FreeDef] = if host == HostKind::PyPy { NO_SUBCLASS } else { &[] };
    if methods.free.is_empty() && own.is_empty() {
        return Ok(());
    }
    let all = || own.iter().chain(methods.free);
    let holder = free_functions(ctx, all().map(|free| free.method.as_raw()).collect())?;
    for free in all() {
        let name = &*free.name.to_string_lossy();
        let wrapper = if free.is_class() { "classmethod" } else { "staticmethod" };
        let function = ctx.builtins().getitem(wrapper)?.call((holder.getattr(name)?,))?;
        class.setattr(name, function)?;
    }
    Ok(())
}

/// Refuses Python's own subclasses on a host that lets any class be inherited from.
static NO_SUBCLASS: &[FreeDef] = &[FreeDef::of_class::<InitSubclass>()];

enum InitSubclass {}

impl Function for InitSubclass {
    type This = Type;
    const NAME: &'static CStr = c"__init_subclass__";
    const DOC: &'static CStr = c"";
    const CONVENTION: Convention = Convention::Keywords;
    const PARAMS: &'static super::Params = &super::Params::anything("__init_subclass__");

    fn call<'a, 'ctx>(
        ctx: Context<'ctx>,
        class: crate::handle::Ref<'a, 'ctx, Type>,
        _: super::Arguments<'a, 'ctx>,
        _: &'static super::Params,
    ) -> Result<Handle<'ctx>> {
        let base = class.getattr("__base__").and_then(|base| base.getattr("__name__")?.extract::<String>());
        Err(crate::error::Error::new::<crate::exceptions::TypeError>(format!(
            "type '{}' is not an acceptable base type on {}",
            base.unwrap_or_default(),
            ctx.name()
        )))
    }
}

/// An object whose methods are the static and class methods.
fn free_functions<'ctx>(ctx: Context<'ctx>, mut defs: Vec<*mut HPyDef>) -> Result<Handle<'ctx>> {
    defs.push(core::ptr::null_mut());
    let spec = Box::leak(Box::new(HPyType_Spec {
        name: c"hpy.Functions".as_ptr(),
        basicsize: 0,
        itemsize: 0,
        flags: TPFLAGS_DEFAULT,
        builtin_shape: hpy_sys::HPyType_BuiltinShape_Object,
        legacy_slots: core::ptr::null_mut(),
        defines: defs.leak().as_mut_ptr(),
        doc: core::ptr::null(),
    }));
    // SAFETY: invariants 2 and 3; a complete table that lives for ever.
    let holder: Handle<'ctx, Type> = unsafe {
        let raw = hpy_host::calls::HPyType_FromSpec(ctx.raw(), spec, core::ptr::null_mut());
        Handle::from_result(ctx, raw)
    }?;
    holder.call(())
}

/// Gives the class an attribute.
///
/// # Errors
///
/// The value's own, or what its conversion gave.
pub fn add_attribute<'ctx, V: super::Output<'ctx>>(
    ctx: Context<'ctx>,
    class: &Handle<'ctx, Type>,
    name: &str,
    value: V,
) -> Result<()> {
    class.setattr(name, value.output(ctx)?)
}

/// The value of a field, for its attribute.
///
/// # Errors
///
/// What the conversion gave.
#[inline(always)]
pub fn field_value<'ctx, V: IntoPython<'ctx> + Clone>(ctx: Context<'ctx>, value: &V) -> Result<Handle<'ctx>> {
    value.clone().into_python(ctx).map(Handle::into_any).map_err(Into::into)
}

/// A tuple for `__match_args__`.
///
/// # Errors
///
/// `MemoryError`.
pub fn names<'ctx>(ctx: Context<'ctx>, names: &[&str]) -> Result<Handle<'ctx, Tuple>> {
    let names = names.iter().map(|name| types::Str::new(ctx, name).map(Handle::into_any));
    Tuple::from_handles(ctx, &names.collect::<Result<Vec<_>>>()?)
}

/// Does a type hold fields? Those that do are not `Unpin`.
#[derive(Debug)]
pub struct Probe<T>(core::marker::PhantomData<T>);

impl<T: Unpin> Probe<T> {
    /// No.
    pub const GC: bool = false;
}

/// See [`Probe`].
pub trait MayHoldFields {
    /// Yes.
    const GC: bool = true;
}

impl<T> MayHoldFields for Probe<T> {}

/// Can the fields in a type be found?
#[derive(Debug)]
pub struct FieldsProbe<T>(core::marker::PhantomData<T>);

impl<T: Fields> FieldsProbe<T> {
    /// Yes.
    pub const FOUND: bool = true;
}

/// See [`FieldsProbe`].
pub trait MayHideFields {
    /// No.
    const FOUND: bool = false;
}

impl<T> MayHideFields for FieldsProbe<T> {}

/// The methods of a class that has none; what `#[methods]` writes comes before it.
pub trait MayHaveMethods {
    /// None.
    const __HPY_METHODS: &'static Methods = &NO_METHODS;
}

impl<T> MayHaveMethods for T {}

/// A field of a struct, to be searched for [`Field`](crate::Field)s.
#[derive(Debug)]
pub struct Inside<'a, T>(pub &'a mut T);

/// A type that can hold fields: all of them are given their places.
pub trait AssignFields {
    /// Does it.
    fn assign_inside(self, assign: &mut Assign<'_, '_>);
}

impl<T: Fields> AssignFields for &mut &mut Inside<'_, T> {
    fn assign_inside(self, assign: &mut Assign<'_, '_>) {
        self.0.assign(assign);
    }
}

/// Any other type. It is found by a longer way, so that the former wins.
pub trait AssignNothing {
    /// Does nothing.
    fn assign_inside(self, assign: &mut Assign<'_, '_>);
}

impl<T> AssignNothing for &mut Inside<'_, T> {
    fn assign_inside(self, _: &mut Assign<'_, '_>) {}
}

/// The new value of an attribute.
///
/// # Errors
///
/// What the conversion gave, the attribute named.
#[inline(always)]
pub fn new_value<'a, 'ctx, T: FromPython<'a, 'ctx>>(
    _: Context<'ctx>,
    value: &'a Handle<'ctx>,
    name: &'static str,
) -> Result<T> {
    T::from_python(value).map_err(|error| error.into().for_attribute(name))
}
