//! Which threads may use an instance, nobody else can say.

use std::rc::Rc;

struct Mine;

impl hpy::class::Threads<Rc<u8>> for Mine { //~ this trait can't be implemented for `Mine` by hand
    type Owner = ();
}

fn main() {}
