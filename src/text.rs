//! Small helpers about words, used by every layer that talks to people.

/// The candidate nearest to what was typed, if one is near enough to be meant.
pub fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(typed, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= candidate.len().max(typed.len()) / 3)
        .min()
        .map(|(_, candidate)| candidate)
}

/// ` (did you mean 'x'?)`, or nothing.
pub fn did_you_mean<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    nearest(typed, candidates).map(|name| format!(" (did you mean '{name}'?)")).unwrap_or_default()
}

/// `1 resource`, `2 resources`.
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 {
        return format!("1 {noun}");
    }
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{number} {stem}ies"),
        _ => format!("{number} {noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_finds_typos_and_leaves_strangers_alone() {
        assert_eq!(nearest("regoins", ["regions", "accounts"]), Some("regions"));
        assert_eq!(nearest("zebra", ["regions", "accounts"]), None);
    }

    #[test]
    fn counts_read_well() {
        assert_eq!(count(1, "policy"), "1 policy");
        assert_eq!(count(3, "policy"), "3 policies");
        assert_eq!(count(0, "key"), "0 keys");
        assert_eq!(count(2, "resource"), "2 resources");
    }
}
