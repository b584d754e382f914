//! Enums with data: a class for each variant.

#[hpy::module]
mod data_enums {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use hpy::types::{List, Type};
    use hpy::{Context, Field, Handle, Result};

    /// Something flat.
    #[class(eq, hash, repr, from_py_object)]
    #[derive(Clone, PartialEq)]
    enum Shape {
        /// Round.
        #[hpy(constructor = (radius = 1.0, *, name = "unit".to_owned()))]
        Circle {
            /// From the middle to the edge.
            radius: f64,
            #[hpy(name = "name")]
            label: String,
        },
        Rect(f64, f64),
        #[hpy(constructor = (*_0))]
        Polygon(Vec<(f64, f64)>),
        #[hpy(name = "Nothing")]
        Empty {},
        #[cfg(any())]
        Never {
            x: i32,
        },
    }

    impl std::hash::Hash for Shape {
        fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
            std::mem::discriminant(self).hash(state);
        }
    }

    #[methods]
    impl Shape {
        #[classattr]
        const UNIT: Shape = Shape::Rect(1.0, 1.0);

        fn area(&self) -> f64 {
            match self {
                Shape::Circle { radius, .. } => std::f64::consts::PI * radius * radius,
                Shape::Rect(width, height) => width * height,
                Shape::Polygon(_) | Shape::Empty {} => 0.0,
            }
        }

        fn scaled(&self, factor: f64) -> Shape {
            match self {
                Shape::Circle { radius, label } => {
                    Shape::Circle { radius: radius * factor, label: label.clone() }
                }
                Shape::Rect(width, height) => Shape::Rect(width * factor, height * factor),
                other => other.clone(),
            }
        }

        #[staticmethod]
        fn from_text(text: &str) -> Result<Self> {
            Ok(match text.split_once('x') {
                Some((width, height)) => Shape::Rect(width.parse()?, height.parse()?),
                None => Shape::Empty {},
            })
        }

        #[classmethod]
        fn made<'ctx>(cls: &Handle<'ctx, Type>) -> Result<Handle<'ctx, Self>> {
            Handle::new_of(cls, Shape::Rect(2.0, 3.0))
        }

        fn __add__(&self, other: &Shape) -> f64 {
            self.area() + other.area()
        }
    }

    #[function]
    fn total(shapes: Vec<Shape>) -> f64 {
        shapes.iter().map(Shape::area).sum()
    }

    #[function]
    fn is_round(shape: &Shape) -> bool {
        matches!(shape, Shape::Circle { .. })
    }

    #[function]
    fn handle(ctx: Context<'_>) -> Result<Handle<'_, Shape>> {
        Handle::new(ctx, Shape::Empty {})
    }

    /// The class finds the variant.
    #[class]
    enum Word {
        Number { value: i64 },
        Text(String),
    }

    #[methods]
    impl Word {
        #[new]
        fn new(text: &str) -> Self {
            match text.parse() {
                Ok(value) => Word::Number { value },
                Err(_) => Word::Text(text.to_owned()),
            }
        }

        fn __repr__(&self) -> &'static str {
            "a word"
        }
    }

    static ALIVE: AtomicUsize = AtomicUsize::new(0);

    struct Counted;

    impl Counted {
        fn new() -> Self {
            ALIVE.fetch_add(1, Ordering::Relaxed);
            Counted
        }
    }

    impl Drop for Counted {
        fn drop(&mut self) {
            ALIVE.fetch_sub(1, Ordering::Relaxed);
        }
    }

    #[function]
    fn alive() -> usize {
        ALIVE.load(Ordering::Relaxed)
    }

    /// A part of a value, which counts itself.
    #[derive(Clone)]
    struct Token(std::sync::Arc<Counted>);

    impl<'a, 'ctx> hpy::FromPython<'a, 'ctx> for Token {
        type Error = hpy::Error;
        fn from_python(_: &'a Handle<'ctx>) -> Result<Self> {
            Ok(Token(std::sync::Arc::new(Counted::new())))
        }
    }

    impl<'ctx> hpy::IntoPython<'ctx> for Token {
        type Target = hpy::types::NoneType;
        type Error = hpy::Error;
        fn into_python(self, ctx: Context<'ctx>) -> Result<Handle<'ctx, hpy::types::NoneType>> {
            drop(self.0);
            Ok(ctx.none().to_owned())
        }
    }

    /// Holds Python's objects, and counts its own.
    #[class(repr)]
    enum Tree {
        Leaf(Field, Token),
        Node { left: Field<Tree>, right: Field, list: Field<List>, token: Token },
    }

    #[methods]
    impl Tree {
        fn children<'ctx>(&self, slf: &Handle<'ctx, Self>) -> Vec<Handle<'ctx>> {
            match self {
                Tree::Leaf(value, _) => value.load(slf).into_iter().collect(),
                Tree::Node { left, right, list, .. } => {
                    let left = left.load(slf).map(Handle::into_any);
                    let right = right.load(slf);
                    left.into_iter().chain(right).chain(list.load(slf).map(Handle::into_any)).collect()
                }
            }
        }
    }
}
