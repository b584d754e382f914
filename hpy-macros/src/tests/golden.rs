//! Golden expansions: `tests/expand/<case>.rs` expands to `tests/expand/<case>.expanded.rs`.
//! `BLESS=1 cargo test -p hpy-macros` writes them anew.

use std::path::Path;

use quote::ToTokens;

/// The expansion of the one item of a file, by its attribute.
fn expand(source: &str) -> String {
    let file = syn::parse_file(source).unwrap();
    let mut out = proc_macro2::TokenStream::new();
    for mut item in file.items {
        let attrs = match &mut item {
            syn::Item::Fn(item) => &mut item.attrs,
            syn::Item::Mod(item) => &mut item.attrs,
            syn::Item::Struct(item) => &mut item.attrs,
            syn::Item::Enum(item) => &mut item.attrs,
            syn::Item::Impl(item) => &mut item.attrs,
            other => panic!("no attribute of ours is on {}", other.to_token_stream()),
        };
        let at = attrs.iter().position(|attr| attr.path().segments[0].ident == "hpy").unwrap();
        let attr = attrs.remove(at);
        let options = match &attr.meta {
            syn::Meta::List(list) => list.tokens.clone(),
            _ => proc_macro2::TokenStream::new(),
        };
        let item = item.into_token_stream();
        out.extend(match attr.path().segments[1].ident.to_string().as_str() {
            "module" => crate::expand::module(options, item),
            "class" => crate::expand::class(options, item),
            "FromPython" => crate::expand::convert(item, crate::emit::from_python),
            "IntoPython" => crate::expand::convert(item, crate::emit::into_python),
            "enumeration" => crate::expand::enumeration(options, item),
            "methods" => crate::expand::methods(options, item),
            _ => crate::expand::function(options, item),
        });
    }
    prettyplease::unparse(&syn::parse2(out).unwrap())
}

#[test]
fn expansions_are_as_blessed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expand");
    let bless = std::env::var_os("BLESS").is_some();
    let mut stale = Vec::new();
    let mut cases = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.ends_with(".expanded.rs") {
            continue;
        }
        cases += 1;
        let expanded = expand(&std::fs::read_to_string(&path).unwrap());
        let golden = path.with_extension("expanded.rs");
        let before = std::fs::read_to_string(&golden).unwrap_or_default();
        if before == expanded {
            continue;
        }
        if bless {
            std::fs::write(&golden, expanded).unwrap();
        } else {
            stale.push(format!("{name}:\n{}", difference(&before, &expanded)));
        }
    }
    assert!(cases > 0, "no cases in {}", folder.display());
    assert!(
        stale.is_empty(),
        "if the change is wanted, BLESS=1 cargo test -p hpy-macros\n{}",
        stale.join("\n")
    );
}

/// The lines from the first to the last that differ.
fn difference(before: &str, after: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let tail = old[same..].iter().rev().zip(new[same..].iter().rev()).take_while(|(a, b)| a == b).count();
    let side = |sign: char, lines: &[&str]| {
        lines[same..lines.len() - tail].iter().map(|line| format!("{sign}{line}\n")).collect::<String>()
    };
    format!("@@ line {} @@\n{}{}", same + 1, side('-', &old), side('+', &new))
}

/// What `docs/bench.md` says of the length of expansions: each line costs whoever builds a large extension.
#[test]
fn expansions_are_short() {
    let lines = |source: &str| expand(source).lines().count();
    let function = lines("#[hpy::function] fn add(a: i64, b: i64) -> i64 { a + b }");
    let class = lines("#[hpy::class(get_all, set_all)] struct C { x: f64, n: i64, s: String }");
    assert!(function <= 63, "a function of two arguments has {function} lines");
    assert!(class <= 65, "a class of three attributes has {class} lines");
}
