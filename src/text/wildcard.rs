//! Patterns with `*` (any text, also none) and `?` (one character), as selectors and backup selections use them.

/// Whether the whole text matches the pattern.
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    if !pattern.contains(['*', '?']) {
        return pattern == text;
    }
    let (mut pattern, mut text) = (pattern.chars(), text.chars());
    // Where to try again when the rest does not fit: behind the last star, with one more character given to it.
    let mut retry = None;
    loop {
        let text_before = text.clone();
        match (pattern.next(), text.next()) {
            (None, None) => return true,
            (Some('*'), _) => {
                text = text_before;
                retry = Some((pattern.clone(), text.clone()));
            }
            (Some('?'), Some(_)) => {}
            (Some(wanted), Some(found)) if wanted == found => {}
            _ => {
                let Some((after_star, mut given)) = retry.take() else { return false };
                if given.next().is_none() {
                    return false;
                }
                pattern = after_star.clone();
                text = given.clone();
                retry = Some((after_star, given));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn stars_and_question_marks() {
        for (pattern, text, expected) in [
            ("shop", "shop", true),
            ("shop", "shop-db", false),
            ("*", "", true),
            ("shop-*", "shop-db", true),
            ("*-db", "shop-a-db", true),
            ("arn:aws:rds:*:*:db:*", "arn:aws:rds:us-east-1:111122223333:db:orders", true),
            ("a*b*c", "axxbyybzzc", true),
            ("a*b*c", "axxbyybzz", false),
            ("or?ers", "orders", true),
            ("or?ers", "orers", false),
            ("", "a", false),
            ("**", "a", true),
            ("é?*", "éàü", true),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }
}
