//! Counts the words of a text.

#[hpy::module]
mod word_count {
    use std::collections::HashMap;

    /// What a word is made of: ASCII letters and digits, `_`, and everything beyond ASCII.
    fn in_word(c: char) -> bool {
        c == '_' || c.is_ascii_alphanumeric() || !c.is_ascii()
    }

    /// Count the words of a text.
    ///
    /// Words shorter than `min_length` characters are left out. With `ignore_case`, ASCII letters count as lower case.
    #[hpy::function(signature = (text, /, *, min_length = 1, ignore_case = false))]
    fn count(text: &str, min_length: usize, ignore_case: bool) -> HashMap<String, u64> {
        let mut counts: HashMap<String, u64> = HashMap::new();
        for word in text.split(|c| !in_word(c)) {
            if word.is_empty() || word.chars().count() < min_length {
                continue;
            }
            let key = if ignore_case { word.to_ascii_lowercase() } else { word.to_owned() };
            *counts.entry(key).or_default() += 1;
        }
        counts
    }
}
