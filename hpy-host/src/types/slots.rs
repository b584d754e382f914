//! Conversion of HPy's definitions to the interpreter's slots, methods, members and attributes.

use core::ffi::{CStr, c_char, c_int, c_void};
use core::mem::transmute;
use core::ptr::{NonNull, null_mut};

use hpy_sys::cast::extent;
use hpy_sys::{
    HPy_bf_getbuffer, HPy_bf_releasebuffer, HPy_mod_create, HPy_mod_exec, HPy_tp_call, HPy_tp_destroy,
    HPy_tp_finalize, HPy_tp_traverse, HPyDef, HPyDef_Kind_GetSet, HPyDef_Kind_Member, HPyDef_Kind_Meth,
    HPyDef_Kind_Slot, HPyFunc_destroyfunc, HPyFunc_traverseproc, HPyMember, HPyMember_HPYSSIZET, HPySlot,
    cpy_vectorcallfunc,
};

use crate::capi::fault::{Fault, Kind, mistake};
use crate::capi::interned;
use crate::capi::types::{PyGetSetDef, PyMemberDef, PyMethodDef, PyType_Slot, READONLY};
use crate::instance::member_access;
use crate::layout::payload_offset::PayloadOffset;
use crate::layout::type_extras::Objects;
use crate::layout::type_info::Finalize;
use crate::types::definitions::{definitions, name_of};
use crate::types::partial_getset;

/// The member by which the interpreter knows where an instance's call function stands.
pub(crate) const CALL_OFFSET: &CStr = c"__vectorcalloffset__";

/// The parts of a type in the interpreter's form. Lists have no end yet.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    pub(crate) slots: Vec<PyType_Slot>,
    pub(crate) methods: Vec<PyMethodDef>,
    pub(crate) members: Vec<PyMemberDef>,
    pub(crate) getsets: Vec<PyGetSetDef>,
    /// `bf_getbuffer` and `bf_releasebuffer`.
    pub(crate) buffer: [Option<NonNull<c_void>>; 2],
    pub(crate) traverse: Option<HPyFunc_traverseproc>,
    pub(crate) destroy: Option<HPyFunc_destroyfunc>,
    /// The objects that the payload owns.
    pub(crate) objects: Option<Objects>,
    /// `HPy_tp_call`, with CPython's signature.
    pub(crate) call: Option<cpy_vectorcallfunc>,
    /// Where the type says that its instances' call function stands.
    pub(crate) call_offset: Option<usize>,
    /// `HPy_tp_finalize`, with CPython's signature.
    pub(crate) finalize: Option<Finalize>,
    /// How many members there are, of any kind.
    pub(crate) stored: usize,
}

impl Parts {
    /// Reads the definitions of a type whose payload is at `place`.
    ///
    /// # Safety
    ///
    /// HPy's rules: a valid table, alive for ever.
    pub(crate) unsafe fn read(
        defines: *mut *mut HPyDef,
        place: PayloadOffset,
        name: &str,
    ) -> Result<Self, Fault> {
        let mut parts = Parts::default();
        // SAFETY: the caller's word: each definition's kind says which part of the union is meant.
        unsafe {
            for def in definitions(defines) {
                match def.kind {
                    HPyDef_Kind_Slot => parts.slot(&def.value.slot, name)?,
                    HPyDef_Kind_Meth => {
                        let method = crate::types::definitions::method(&def.value.meth);
                        let method = method.or_else(|reason| {
                            mistake(Kind::Type, format!("type {name}: {}", reason.as_str()))
                        });
                        parts.methods.push(method?);
                    }
                    HPyDef_Kind_Member => parts.member(&def.value.member, place, name)?,
                    HPyDef_Kind_GetSet => {
                        let getset = &def.value.getset;
                        parts.getsets.push(partial_getset::complete(
                            PyGetSetDef {
                                name: getset.name,
                                get: getset.getter_cpy_trampoline,
                                set: getset.setter_cpy_trampoline,
                                doc: getset.doc,
                                closure: getset.closure,
                            },
                            name,
                        ));
                    }
                    other => {
                        return mistake(
                            Kind::System,
                            format!("type {name} has a definition of the unknown kind {other}"),
                        );
                    }
                }
            }
        }
        Ok(parts)
    }

    unsafe fn slot(&mut self, slot: &HPySlot, name: &str) -> Result<(), Fault> {
        let function = slot.cpy_trampoline.cast_mut();
        // SAFETY: the caller's word: a slot's functions have the signature that it says.
        unsafe {
            match slot.slot {
                HPy_tp_destroy => {
                    self.destroy = transmute::<*const c_void, Option<HPyFunc_destroyfunc>>(slot.impl_);
                }
                HPy_tp_traverse => {
                    self.traverse = transmute::<*const c_void, Option<HPyFunc_traverseproc>>(slot.impl_);
                }
                HPy_tp_call => {
                    self.call = transmute::<*mut c_void, Option<cpy_vectorcallfunc>>(function);
                }
                HPy_bf_getbuffer => self.buffer[0] = NonNull::new(function),
                HPy_bf_releasebuffer => self.buffer[1] = NonNull::new(function),
                HPy_mod_create | HPy_mod_exec => {
                    return mistake(
                        Kind::System,
                        format!("type {name} has slot {}, which is one of a module", slot.slot),
                    );
                }
                HPy_tp_finalize => {
                    self.finalize = transmute::<*mut c_void, Option<Finalize>>(function);
                }
                number if (1..=81).contains(&number) => {
                    self.slots.push(PyType_Slot { slot: number, pfunc: function });
                }
                number => {
                    return mistake(Kind::System, format!("type {name} has the unknown slot {number}"));
                }
            }
        }
        Ok(())
    }

    unsafe fn member(&mut self, def: &HPyMember, place: PayloadOffset, name: &str) -> Result<(), Fault> {
        self.stored += 1;
        if !member_access::is_known(def.type_) {
            // SAFETY: the caller's word.
            let member = unsafe { name_of(def.name) };
            return mistake(
                Kind::System,
                format!("member {member} of type {name} has the unknown kind {}", def.type_),
            );
        }
        // SAFETY: the caller's word.
        let is_call_offset = unsafe { !def.name.is_null() && CStr::from_ptr(def.name) == CALL_OFFSET };
        match place {
            PayloadOffset::At(start) if is_call_offset => {
                self.call_offset = Some(start.wrapping_add_signed(def.offset));
            }
            PayloadOffset::At(start) if member_access::is_of_interpreter(def.type_) => {
                self.members.push(PyMemberDef {
                    name: def.name,
                    ty: def.type_,
                    offset: extent(start) + def.offset,
                    flags: if def.readonly != 0 { READONLY } else { 0 },
                    doc: def.doc,
                })
            }
            _ => self.getsets.push(member_access::attribute(def)),
        }
        Ok(())
    }

    /// Adds all of it to the words of a type.
    pub(crate) fn add(&self, words: &mut Vec<usize>) {
        interned::add_all(&self.slots, words);
        interned::add_all(&self.methods, words);
        interned::add_all(&self.members, words);
        interned::add_all(&self.getsets, words);
        words.extend(self.buffer.map(|function| function.map_or(0, |function| function.addr().get())));
        words.extend([
            self.traverse.map_or(0, |function| function as usize),
            self.destroy.map_or(0, |function| function as usize),
            self.objects.map_or(0, |objects| objects.visit as usize),
            self.objects.map_or(0, |objects| objects.clear as usize),
            self.call.map_or(0, |function| function as usize),
            self.finalize.map_or(0, |function| function as usize),
            self.call_offset.map_or(0, |offset| offset + 1),
            self.stored,
        ]);
    }

    /// Tells the interpreter where in an instance a word stands, by a member of a name that it knows.
    pub(crate) fn announce(&mut self, name: &'static CStr, offset: usize) {
        self.members.push(PyMemberDef {
            name: name.as_ptr(),
            ty: HPyMember_HPYSSIZET,
            offset: extent(offset),
            flags: READONLY,
            doc: core::ptr::null(),
        });
    }

    /// Adds a slot.
    pub(crate) fn push(&mut self, slot: c_int, value: *mut c_void) {
        self.slots.push(PyType_Slot { slot, pfunc: value });
    }
}

/// Ends a list of members, and makes it live for ever.
pub(crate) fn members(mut list: Vec<PyMemberDef>) -> *mut c_void {
    list.push(PyMemberDef { name: no_name(), ty: 0, offset: 0, flags: 0, doc: no_name() });
    interned::list(list).cast()
}

/// Ends a list of attributes, and makes it live for ever.
pub(crate) fn getsets(mut list: Vec<PyGetSetDef>) -> *mut c_void {
    let none = core::ptr::null();
    list.push(PyGetSetDef { name: no_name(), get: none, set: none, doc: no_name(), closure: null_mut() });
    interned::list(list).cast()
}

const fn no_name() -> *const c_char {
    core::ptr::null()
}
