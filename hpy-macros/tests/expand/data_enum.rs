/// Something flat.
#[hpy::class(repr)]
enum Shape {
    /// Round.
    #[hpy(constructor = (radius = 1.0))]
    Circle { radius: f64 },
    Rect(f64, Field),
    Empty {},
}
