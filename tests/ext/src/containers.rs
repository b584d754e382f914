//! Conversions of containers.

#[hpy::module]
mod containers {
    use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

    #[function]
    fn to_vec(x: Vec<i64>) -> Vec<i64> {
        x
    }
    #[function]
    fn to_nested(x: Vec<Vec<String>>) -> Vec<Vec<String>> {
        x
    }
    #[function]
    fn to_array(x: [i64; 3]) -> [i64; 3] {
        x
    }
    #[function]
    fn to_pair(x: (i64, String)) -> (i64, String) {
        x
    }
    #[function]
    fn to_single(x: (i64,)) -> (i64,) {
        x
    }
    #[function]
    #[allow(clippy::type_complexity)]
    fn to_twelve(
        x: (u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8),
    ) -> (u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8) {
        x
    }
    #[function]
    fn to_hash_map(x: HashMap<String, i64>) -> HashMap<String, i64> {
        x
    }
    #[function]
    fn to_btree_map(x: BTreeMap<i64, Vec<f64>>) -> BTreeMap<i64, Vec<f64>> {
        x
    }
    #[function]
    fn to_hash_set(x: HashSet<i64>) -> HashSet<i64> {
        x
    }
    #[function]
    fn to_btree_set(x: BTreeSet<String>) -> BTreeSet<String> {
        x
    }
    #[function]
    fn to_option_vec(x: Option<Vec<Option<i64>>>) -> Option<Vec<Option<i64>>> {
        x
    }
}
