//! Builders and trackers: open until they are built, cancelled or closed.

use core::ffi::c_int;

use hpy_sys::*;

use super::Debug;
use super::call::Call;
use super::origin::Origin;
use super::report::BuilderMisuse;
use super::slots::Slots;
use crate::lock;

/// What is being built.
#[derive(Debug)]
enum Kind {
    List(HPyListBuilder),
    Tuple(HPyTupleBuilder),
    /// The debug handles to close.
    Tracker(Vec<HPy>),
}

#[derive(Debug)]
struct Entry {
    kind: Kind,
    size: isize,
    is_open: bool,
    generation: i64,
    made: Option<Origin>,
}

/// All builders and trackers of a debug context.
#[derive(Debug)]
pub(super) struct Builders {
    slots: Slots<Entry>,
    open: std::collections::BTreeSet<usize>,
}

impl Builders {
    pub(super) const fn new() -> Self {
        Builders { slots: Slots::new(), open: std::collections::BTreeSet::new() }
    }

    /// Lines about those that are open.
    pub(super) fn open_since(&self, generation: i64) -> Vec<String> {
        let entries = self.open.iter().filter_map(|place| self.slots.get(*place));
        let young = entries.filter(|entry| entry.generation >= generation);
        young.map(Entry::line).collect()
    }
}

impl Entry {
    fn line(&self) -> String {
        let what = match self.kind {
            Kind::List(_) => "HPyListBuilder",
            Kind::Tuple(_) => "HPyTupleBuilder",
            Kind::Tracker(_) => "HPyTracker",
        };
        let made =
            self.made.as_ref().map_or_else(|| super::NO_TRACE.to_owned(), |at| format!("Made at:\n{at}"));
        format!("<{what} of size {}>\n{made}", self.size)
    }
}

impl Debug {
    /// A new builder or tracker: its value.
    unsafe fn open_builder(&self, kind: Kind, size: isize) -> isize {
        // SAFETY: the caller's word: this thread runs Python.
        let made = unsafe { self.origin() };
        let generation = lock(&self.handles).generation;
        let mut builders = lock(&self.builders);
        let entry = Entry { kind, size, is_open: true, generation, made };
        let place = builders.slots.insert(entry).expect("there are too many open HPy builders");
        builders.open.insert(place);
        builders.slots.value(place)
    }

    /// Looks at an open builder; `None` if it is not open any more.
    fn with_builder<R>(&self, value: isize, f: impl FnOnce(&mut Entry) -> R) -> Option<R> {
        let mut builders = lock(&self.builders);
        let place = builders.slots.find(value).ok()?;
        builders.slots.get_mut(place).filter(|entry| entry.is_open).map(f)
    }

    /// Ends an open builder; `None` if it is not open any more.
    fn end_builder(&self, value: isize) -> Option<Kind> {
        let mut builders = lock(&self.builders);
        let place = builders.slots.find(value).ok()?;
        let entry = builders.slots.get_mut(place).filter(|entry| entry.is_open)?;
        entry.is_open = false;
        entry.made = None;
        let kind = core::mem::replace(&mut entry.kind, Kind::Tracker(Vec::new()));
        builders.open.remove(&place);
        builders.slots.release(place);
        Some(kind)
    }
}

impl Call {
    /// The plain builder to put an item in, if all is well.
    unsafe fn builder_for<B>(
        &self,
        value: isize,
        index: isize,
        of: impl Fn(&Kind) -> Option<B>,
    ) -> Option<B> {
        let found = self.debug.with_builder(value, |entry| (of(&entry.kind), entry.size));
        let misuse = match found {
            Some((Some(builder), size)) if (0..size).contains(&index) => return Some(builder),
            Some((Some(_), size)) => BuilderMisuse::Index(index, size),
            _ => BuilderMisuse::Closed,
        };
        // SAFETY: the caller's word.
        unsafe { self.debug.report_builder(misuse, self.function) };
        None
    }

    /// The plain builder to build or cancel, if all is well.
    unsafe fn builder_to_end<B>(&self, value: isize, of: impl Fn(&Kind) -> Option<B>) -> Option<B> {
        let fits = self.debug.with_builder(value, |entry| of(&entry.kind).is_some());
        if fits == Some(true) {
            return self.debug.end_builder(value).and_then(|kind| of(&kind));
        }
        // SAFETY: the caller's word.
        unsafe { self.debug.report_builder(BuilderMisuse::Closed, self.function) };
        None
    }
}

macro_rules! builder {
    ($builder:ident { $field:ident } = $kind:ident, $new:ident, $set:ident, $build:ident, $cancel:ident) => {
        pub(crate) unsafe extern "C" fn $new(ctx: *mut HPyContext, size: isize) -> $builder {
            // SAFETY: HPy's rules, of which this checks what it can.
            unsafe {
                let call = Call::enter(ctx, concat!(stringify!($builder), "_New"));
                let plain = call.plain(|plain| ((*plain).$new)(plain, size));
                if plain.is_null() {
                    return $builder::NULL;
                }
                $builder { $field: call.debug.open_builder(Kind::$kind(plain), size) }
            }
        }

        pub(crate) unsafe extern "C" fn $set(
            ctx: *mut HPyContext,
            builder: $builder,
            index: isize,
            item: HPy,
        ) {
            // SAFETY: HPy's rules, of which this checks what it can.
            unsafe {
                let call = Call::enter(ctx, concat!(stringify!($builder), "_Set"));
                let item = call.unwrap(item);
                if builder.is_null() {
                    return;
                }
                let of = |kind: &Kind| if let Kind::$kind(plain) = kind { Some(*plain) } else { None };
                if let Some(builder) = call.builder_for(builder.$field, index, of) {
                    call.plain(|plain| ((*plain).$set)(plain, builder, index, item));
                }
            }
        }

        pub(crate) unsafe extern "C" fn $build(ctx: *mut HPyContext, builder: $builder) -> HPy {
            // SAFETY: HPy's rules, of which this checks what it can. Without a builder the plain context raises.
            unsafe {
                let call = Call::enter(ctx, concat!(stringify!($builder), "_Build"));
                let of = |kind: &Kind| if let Kind::$kind(plain) = kind { Some(*plain) } else { None };
                let builder = if builder.is_null() {
                    $builder::NULL
                } else {
                    call.builder_to_end(builder.$field, of).unwrap_or($builder::NULL)
                };
                let result = call.plain(|plain| ((*plain).$build)(plain, builder));
                call.open(result)
            }
        }

        pub(crate) unsafe extern "C" fn $cancel(ctx: *mut HPyContext, builder: $builder) {
            // SAFETY: HPy's rules, of which this checks what it can.
            unsafe {
                let call = Call::enter(ctx, concat!(stringify!($builder), "_Cancel"));
                if builder.is_null() {
                    return;
                }
                let of = |kind: &Kind| if let Kind::$kind(plain) = kind { Some(*plain) } else { None };
                if let Some(builder) = call.builder_to_end(builder.$field, of) {
                    call.plain(|plain| ((*plain).$cancel)(plain, builder));
                }
            }
        }
    };
}

builder!(
    HPyListBuilder { _lst } = List,
    ctx_ListBuilder_New,
    ctx_ListBuilder_Set,
    ctx_ListBuilder_Build,
    ctx_ListBuilder_Cancel
);
builder!(
    HPyTupleBuilder { _tup } = Tuple,
    ctx_TupleBuilder_New,
    ctx_TupleBuilder_Set,
    ctx_TupleBuilder_Build,
    ctx_TupleBuilder_Cancel
);

/// Trackers hold debug handles: the plain context's trackers are not used.
pub(crate) unsafe extern "C" fn ctx_Tracker_New(ctx: *mut HPyContext, size: isize) -> HPyTracker {
    // SAFETY: HPy's rules, of which this checks what it can.
    unsafe {
        let call = Call::enter(ctx, "HPyTracker_New");
        HPyTracker { _i: call.debug.open_builder(Kind::Tracker(Vec::new()), size) }
    }
}

/// Runs `f` with the list of a tracker; the end of the process if there is none.
unsafe fn with_tracker<R>(call: &Call, tracker: HPyTracker, f: impl FnOnce(&mut Vec<HPy>) -> R) -> R {
    let found = call.debug.with_builder(tracker._i, |entry| match &mut entry.kind {
        Kind::Tracker(list) => Some(f(list)),
        _ => None,
    });
    match found.flatten() {
        Some(result) => result,
        // SAFETY: the caller's word.
        None => unsafe {
            call.debug
                .fatal(format!("Invalid usage of already closed tracker\n{}: it is not open", call.function))
        },
    }
}

pub(crate) unsafe extern "C" fn ctx_Tracker_Add(ctx: *mut HPyContext, tracker: HPyTracker, h: HPy) -> c_int {
    // SAFETY: HPy's rules, of which this checks what it can.
    unsafe {
        let call = Call::enter(ctx, "HPyTracker_Add");
        call.unwrap(h);
        with_tracker(&call, tracker, |list| list.push(h));
    }
    0
}

pub(crate) unsafe extern "C" fn ctx_Tracker_ForgetAll(ctx: *mut HPyContext, tracker: HPyTracker) {
    // SAFETY: HPy's rules, of which this checks what it can.
    unsafe {
        let call = Call::enter(ctx, "HPyTracker_ForgetAll");
        with_tracker(&call, tracker, Vec::clear);
    }
}

pub(crate) unsafe extern "C" fn ctx_Tracker_Close(ctx: *mut HPyContext, tracker: HPyTracker) {
    // SAFETY: HPy's rules, of which this checks what it can.
    unsafe {
        let call = Call::enter(ctx, "HPyTracker_Close");
        let list = with_tracker(&call, tracker, core::mem::take);
        call.debug.end_builder(tracker._i);
        for h in list {
            call.close(h);
        }
    }
}
