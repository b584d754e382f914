//! The garbage collector visits only the objects that a value owns alone.

use std::rc::Rc;
use std::sync::{Arc, Mutex};

use hpy::{Py, Traverse, Visitor};

#[derive(Traverse)]
struct Fine {
    object: Option<Py>,
    inner: Vec<(String, Box<Fine>)>,
    #[traverse(skip)]
    shared: Arc<Mutex<Vec<Py>>>,
}

#[derive(Traverse)]
struct Sharing {
    shared: Arc<Fine>, //~ the garbage collector can't visit the objects in `Arc<Fine>`
    locked: Mutex<Py>, //~ the garbage collector can't visit the objects in `std::sync::Mutex<Py>`
    other: Other, //~ the garbage collector can't visit the objects in `Other`
}

struct Other(Py);

struct ByHand(Rc<Py>);

unsafe impl Traverse for ByHand {
    fn traverse(&self, visitor: &mut Visitor<'_>) {
        Traverse::traverse(&self.0, visitor); //~ the garbage collector can't visit the objects in `Rc<Py>`
    }
}

struct Careless;

impl Traverse for Careless { //~ requires an `unsafe impl` declaration
    fn traverse(&self, _: &mut Visitor<'_>) {}
}

fn main() {}
