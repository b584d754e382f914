/// A box.
#[hpy::class(frozen)]
struct Package {
    #[hpy(get)]
    weight: f64,
    content: Field<Any>,
}
