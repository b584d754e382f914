/// A pair.
#[hpy::class(get_all, new = "from_fields", copy, pickle, replace, match_args)]
#[derive(Clone)]
struct Pair {
    left: i64,
    right: Field,
}
