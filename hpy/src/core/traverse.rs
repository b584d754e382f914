//! [`Traverse`]: shows the garbage collector which objects a Rust value owns.

use core::ffi::{c_int, c_void};
use core::fmt;
use core::marker::PhantomData;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque};

use hpy_host::context::extensions::VisitObject;
use hpy_sys::HPy;

/// A type whose values can own Python objects, which the garbage collector visits: those of each [`Py`](crate::Py) in it.
///
/// It is implemented for `Py`, [`HashKey`](crate::HashKey), and the containers of the standard library that own what they
/// contain; derive it with [`#[derive(hpy::Traverse)]`](macro@crate::Traverse) for a struct or an enum of your own that is part of a
/// class, also for a recursive one. Types that contain no object, such as numbers and strings, implement it too, so that they can
/// stand beside one in a map or a tuple.
///
/// It is not implemented for `Arc`, `Rc` and references, as several owners would show the collector one reference
/// several times, and it would free an object that is in use. Nor is it for `Mutex`, `RwLock`, `Cell` and `RefCell`, whose
/// contents can change while the collector runs.
///
/// # Safety
///
/// [`traverse`](Traverse::traverse) is called by the garbage collector, on any thread, while the value is borrowed. It
///
/// - visits each `Py` that the value owns at most once, and no other: none behind an `Arc` or in a `static`;
/// - visits the same ones until the value is borrowed mutably: a `Py` that can be replaced through a shared reference is not
///   visited;
/// - calls no Python code, drops no `Py`, and does not panic.
///
/// # Examples
///
/// A tree with its own pointers:
///
/// ```
/// use hpy::{Py, Traverse, Visitor};
///
/// struct List {
///     /// Made by `Box::into_raw`, or null.
///     first: *mut Node,
/// }
///
/// struct Node {
///     value: Py,
///     next: *mut Node,
/// }
///
/// // SAFETY: a list owns its nodes, and changes by `&mut self` only.
/// unsafe impl Traverse for List {
///     fn traverse(&self, visitor: &mut Visitor<'_>) {
///         let mut node = self.first;
///         // SAFETY: null, or a node of this list.
///         while let Some(this) = unsafe { node.as_ref() } {
///             this.value.traverse(visitor);
///             node = this.next;
///         }
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "the garbage collector can't visit the objects in `{Self}`",
    label = "does not own its objects alone, or does not say which ones it owns",
    note = "an `Arc`, an `Rc` or a reference shares its objects, so they would be visited more than once; a `Mutex` or a `RefCell` can \
            change while they are visited",
    note = "for a struct or an enum of your own, write `#[derive(hpy::Traverse)]`; with it, `#[traverse(skip)]` leaves a field out"
)]
pub unsafe trait Traverse {
    /// Whether values of this type can own an object. If not, nothing is visited, and instances of a class cost less. For a recursive
    /// type it must not follow from that of its own parts.
    const HOLDS: bool = true;

    /// Visits the objects that this value owns.
    fn traverse(&self, visitor: &mut Visitor<'_>);
}

/// The garbage collector, visiting the objects that an instance owns. See [`Traverse`].
pub struct Visitor<'a> {
    visit: VisitObject,
    arg: *mut c_void,
    result: c_int,
    instance: PhantomData<&'a ()>,
}

impl Visitor<'_> {
    /// # Safety
    ///
    /// A host's word for `VisitObjects`: `visit` may be called with `arg`, for references that an instance owns.
    pub(crate) unsafe fn new(visit: VisitObject, arg: *mut c_void) -> Self {
        Visitor { visit, arg, result: 0, instance: PhantomData }
    }

    /// What the last call of the host's function returned: not 0 if it wants to hear of no more.
    pub(crate) fn result(&self) -> c_int {
        self.result
    }

    pub(super) fn visit(&mut self, object: HPy) {
        if self.result == 0 && !object.is_null() {
            // SAFETY: the word of whoever made this; the implementations of `Traverse` promise that the instance owns the object.
            self.result = unsafe { (self.visit)(object, self.arg) };
        }
    }
}

impl fmt::Debug for Visitor<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Visitor").finish_non_exhaustive()
    }
}

macro_rules! containers {
    ($([$($param:ident),*] $ty:ty => |$item:pat_param| $($visited:ident: $of:ident),*;)*) => {$(
        // SAFETY: it owns its items, shows each of them once, and changes by a mutable borrow only.
        unsafe impl<$($param),*> Traverse for $ty
        where
            $($of: Traverse,)*
        {
            const HOLDS: bool = false $(|| $of::HOLDS)*;

            #[inline]
            fn traverse(&self, visitor: &mut Visitor<'_>) {
                if Self::HOLDS {
                    for $item in self {
                        $($visited.traverse(visitor);)*
                    }
                }
            }
        }
    )*};
}

containers! {
    [T] [T] => |item| item: T;
    [T] Vec<T> => |item| item: T;
    [T] VecDeque<T> => |item| item: T;
    [T] LinkedList<T> => |item| item: T;
    [T] BinaryHeap<T> => |item| item: T;
    [T] BTreeSet<T> => |item| item: T;
    [T, S] HashSet<T, S> => |item| item: T;
    [K, V] BTreeMap<K, V> => |(key, value)| key: K, value: V;
    [K, V, S] HashMap<K, V, S> => |(key, value)| key: K, value: V;
}

// SAFETY: as for the others.
unsafe impl<T: Traverse> Traverse for Option<T> {
    const HOLDS: bool = T::HOLDS;

    #[inline]
    fn traverse(&self, visitor: &mut Visitor<'_>) {
        if let Some(item) = self {
            item.traverse(visitor);
        }
    }
}

// SAFETY: as for the others.
unsafe impl<T: Traverse, const N: usize> Traverse for [T; N] {
    const HOLDS: bool = T::HOLDS;

    #[inline]
    fn traverse(&self, visitor: &mut Visitor<'_>) {
        self.as_slice().traverse(visitor);
    }
}

// SAFETY: as for the others.
unsafe impl<T: Traverse + ?Sized> Traverse for Box<T> {
    const HOLDS: bool = T::HOLDS;

    #[inline]
    fn traverse(&self, visitor: &mut Visitor<'_>) {
        (**self).traverse(visitor);
    }
}

// SAFETY: as for the others.
unsafe impl<T: Traverse, E: Traverse> Traverse for Result<T, E> {
    const HOLDS: bool = T::HOLDS || E::HOLDS;

    #[inline]
    fn traverse(&self, visitor: &mut Visitor<'_>) {
        match self {
            Ok(item) => item.traverse(visitor),
            Err(item) => item.traverse(visitor),
        }
    }
}

macro_rules! tuples {
    ($(($($item:ident)*))*) => {$(
        // SAFETY: as for the others.
        #[allow(non_snake_case)]
        unsafe impl<$($item: Traverse),*> Traverse for ($($item,)*) {
            const HOLDS: bool = false $(|| $item::HOLDS)*;

            #[inline]
            fn traverse(&self, visitor: &mut Visitor<'_>) {
                let ($($item,)*) = self;
                $($item.traverse(visitor);)*
            }
        }
    )*};
}

tuples! {
    (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) (A B C D E F G) (A B C D E F G H) (A B C D E F G H I)
    (A B C D E F G H I J) (A B C D E F G H I J K) (A B C D E F G H I J K L)
}

macro_rules! nothing {
    ($([$($param:tt)*] $ty:ty;)*) => {$(
        // SAFETY: it visits nothing.
        unsafe impl<$($param)*> Traverse for $ty {
            const HOLDS: bool = false;

            #[cfg_attr(not(debug_assertions), inline(always))]
            fn traverse(&self, _: &mut Visitor<'_>) {}
        }
    )*};
}

nothing! {
    [] (); [] bool; [] char; [] f32; [] f64;
    [] i8; [] i16; [] i32; [] i64; [] i128; [] isize;
    [] u8; [] u16; [] u32; [] u64; [] u128; [] usize;
    [] core::num::NonZero<u8>; [] core::num::NonZero<u16>; [] core::num::NonZero<u32>; [] core::num::NonZero<u64>;
    [] core::num::NonZero<usize>; [] core::num::NonZero<i32>; [] core::num::NonZero<i64>; [] core::num::NonZero<isize>;
    [] str; [] String; [] &'static str; [] std::borrow::Cow<'static, str>;
    [] std::ffi::OsString; [] std::ffi::CString; [] std::path::PathBuf;
    [] std::time::Duration; [] std::time::Instant; [] std::time::SystemTime;
    [] std::net::IpAddr; [] std::net::Ipv4Addr; [] std::net::Ipv6Addr; [] std::net::SocketAddr;
    [] core::cmp::Ordering; [T: ?Sized] PhantomData<T>;
}

// SAFETY: it visits nothing.
unsafe impl Traverse for std::sync::Arc<str> {
    const HOLDS: bool = false;

    fn traverse(&self, _: &mut Visitor<'_>) {}
}

// SAFETY: it visits nothing.
unsafe impl Traverse for std::rc::Rc<str> {
    const HOLDS: bool = false;

    fn traverse(&self, _: &mut Visitor<'_>) {}
}
