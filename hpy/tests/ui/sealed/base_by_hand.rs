//! `Base` is implemented by this crate only: the layout of instances follows from it. `subclass` makes a class extendable.

use hpy::class::Base;

struct Lie;

impl Base for Lie {} //~ `Base` can't be implemented for `Lie` by hand

fn main() {}
