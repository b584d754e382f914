#[hpy::class(extends = ValueError)]
struct ParseError {}

#[hpy::methods]
impl ParseError {
    #[new]
    fn new() -> Self {
        ParseError {}
    }
}
