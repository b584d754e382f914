//! Conversions of whole lists, tuples, dicts and sets, whose items the host may read where they are.

#[hpy::module(gil = false)]
mod items_in_place {
    use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

    use hpy::exceptions::ValueError;
    use hpy::types::Dict;
    use hpy::{Context, Handle, IntoPython, Result};

    #[function]
    fn floats(x: Vec<f64>) -> Vec<f64> {
        x
    }
    #[function]
    fn short_floats(x: Vec<f32>) -> Vec<f32> {
        x
    }
    #[function]
    fn signed(x: Vec<i64>) -> Vec<i64> {
        x
    }
    #[function]
    fn small(x: Vec<i8>) -> Vec<i8> {
        x
    }
    #[function]
    fn unsigned(x: Vec<u64>) -> Vec<u64> {
        x
    }
    #[function]
    fn shorts(x: Vec<u16>) -> Vec<u16> {
        x
    }
    #[function]
    fn wide(x: Vec<i128>) -> Vec<i128> {
        x
    }
    #[function]
    fn bools(x: Vec<bool>) -> Vec<bool> {
        x
    }
    #[function]
    fn options(x: Vec<Option<f64>>) -> Vec<Option<f64>> {
        x
    }
    #[function]
    fn nested(x: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
        x
    }
    #[function]
    fn texts(x: Vec<String>) -> Vec<String> {
        x
    }
    #[function]
    fn array(x: [f64; 3]) -> [f64; 3] {
        x
    }
    #[function]
    fn units(x: Vec<()>) -> usize {
        x.len()
    }
    #[function]
    fn map(x: HashMap<i64, f64>) -> BTreeMap<i64, i64> {
        x.into_iter().map(|(key, value)| (key, value as i64)).collect()
    }
    #[function]
    fn number_set(x: HashSet<i64>) -> HashSet<i64> {
        x
    }
    #[function]
    fn text_set(x: BTreeSet<String>) -> BTreeSet<String> {
        x
    }

    /// The items of a dict, as they were seen.
    #[function]
    fn seen<'ctx>(x: &Handle<'ctx, Dict>, f: &Handle<'ctx>) -> Result<Vec<(Handle<'ctx>, Handle<'ctx>)>> {
        let mut seen = Vec::new();
        x.for_each(|key, value| {
            f.call((&key, &value))?;
            seen.push((key, value));
            Ok(())
        })?;
        Ok(seen)
    }

    /// Converts to the object, or fails for a negative number.
    struct Item<'a, 'ctx>(i64, &'a Handle<'ctx>);

    impl<'ctx> IntoPython<'ctx> for Item<'_, 'ctx> {
        type Target = hpy::types::Any;
        type Error = hpy::Error;

        fn into_python(self, _: Context<'ctx>) -> Result<Handle<'ctx>> {
            if self.0 < 0 {
                Err(ValueError::new_err(format!("no item {}", self.0)))
            } else {
                Ok(self.1.clone())
            }
        }
    }

    /// A list that has the object once for each number.
    #[function]
    fn repeated<'ctx>(ctx: Context<'ctx>, numbers: Vec<i64>, object: &Handle<'ctx>) -> Result<Handle<'ctx>> {
        let items: Vec<_> = numbers.into_iter().map(|number| Item(number, object)).collect();
        items.into_python(ctx)
    }

    /// An object among others: they are told apart by their numbers here, by Python in a set.
    struct Numbered<'ctx>(usize, Handle<'ctx>);

    impl PartialEq for Numbered<'_> {
        fn eq(&self, other: &Self) -> bool {
            self.0 == other.0
        }
    }
    impl Eq for Numbered<'_> {}

    impl std::hash::Hash for Numbered<'_> {
        fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
            self.0.hash(state);
        }
    }

    impl<'ctx> IntoPython<'ctx> for Numbered<'ctx> {
        type Target = hpy::types::Any;
        type Error = hpy::Error;

        fn into_python(self, _: Context<'ctx>) -> Result<Handle<'ctx>> {
            Ok(self.1)
        }
    }

    /// A set of the objects.
    #[function]
    fn set_of<'ctx>(ctx: Context<'ctx>, objects: Vec<Handle<'ctx>>) -> Result<Handle<'ctx>> {
        let set: HashSet<_> =
            objects.into_iter().enumerate().map(|(i, object)| Numbered(i, object)).collect();
        Ok(set.into_python(ctx)?.into_any())
    }
}
