//! Programs that must not compile, one file for each rule. `TRYBUILD=overwrite cargo test -p hpy --test ui` writes the
//! messages anew.

#[test]
fn ui() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
