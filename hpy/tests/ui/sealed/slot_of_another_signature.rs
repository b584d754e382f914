//! A slot takes functions with its own signature only.

use hpy::impl_::{ExtraDef, NextSlot, Slot, SlotDef};

#[hpy::class]
struct Count {
    n: u8,
}

enum Next {}

impl Slot for Next {
    type Class = Count;
}

impl NextSlot for Next {
    fn call<'ctx>(
        _: hpy::Context<'ctx>,
        _: hpy::Ref<'_, 'ctx, Count>,
    ) -> hpy::Result<Option<hpy::Handle<'ctx>>> {
        Ok(None)
    }
}

const GETATTR: ExtraDef<Count> = SlotDef::<Next>::extra_next(58, &[]); //~ the slot has another signature

fn main() {}
