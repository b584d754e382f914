#[hpy::FromPython]
struct Config {
    name: String,
    #[hpy(item = "size", default = 1)]
    size_of: u8,
}

#[hpy::IntoPython]
struct Config {
    name: String,
    #[hpy(item = "size", default = 1)]
    size_of: u8,
}

#[hpy::FromPython]
enum Value<T> {
    One(T),
    Two(i64, T),
}
