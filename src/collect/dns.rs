//! What both doors call a DNS record: the provider gives it no id.

use crate::model::Dns;

/// What tells a record from all others.
pub(crate) struct Named<'f> {
    zone: &'f str,
    name: &'f str,
    kind: &'f str,
    set: Option<&'f str>,
}

impl<'f> Named<'f> {
    /// Empty where it is not known.
    pub(crate) fn of(facts: &'f Dns) -> Self {
        Self {
            zone: facts.zone.text().unwrap_or_default(),
            name: facts.name.text().unwrap_or_default(),
            kind: facts.record_type.text().unwrap_or_default(),
            set: facts.set_id.text(),
        }
    }

    /// `Z1/www.example.com/A/east`.
    pub(crate) fn id(&self) -> String {
        let set = self.set.map_or_else(String::new, |set| format!("/{set}"));
        format!("{}/{}/{}{set}", self.zone, self.name, self.kind)
    }

    /// For people: `www.example.com A east`.
    pub(crate) fn title(&self) -> String {
        let set = self.set.map_or_else(String::new, |set| format!(" {set}"));
        format!("{} {}{set}", self.name, self.kind)
    }
}

/// Types whose records lead somewhere.
pub(crate) fn leads_somewhere(kind: &str) -> bool {
    matches!(kind, "A" | "AAAA" | "CNAME")
}

/// A name as people write it: the service writes what is no letter, digit or hyphen as its octal number, `\052` for `*`.
pub(crate) fn unescaped(name: &str) -> String {
    let mut text = String::new();
    let mut rest = name;
    while let Some(at) = rest.find('\\') {
        let (before, after) = rest.split_at(at);
        text.push_str(before);
        let code = after.get(1..4).and_then(|digits| u8::from_str_radix(digits, 8).ok());
        match code.filter(u8::is_ascii) {
            Some(code) => {
                text.push(char::from(code));
                rest = &after[4..];
            }
            None => {
                text.push('\\');
                rest = &after[1..];
            }
        }
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Fact;

    #[test]
    fn octal_numbers_are_letters_again() {
        let cases = [("\\052.example.com", "*.example.com"), ("a\\", "a\\"), ("\\9x", "\\9x"), ("\\377", "\\377")];
        assert_eq!(cases.map(|(name, _)| unescaped(name)), cases.map(|(_, name)| name.to_owned()));
    }

    #[test]
    fn a_record_is_told_by_zone_name_type_and_set() {
        let mut facts = Dns { zone: "Z1".into(), name: "a.b".into(), record_type: "A".into(), ..Dns::default() };
        assert_eq!((Named::of(&facts).id(), Named::of(&facts).title()), ("Z1/a.b/A".into(), "a.b A".into()));
        facts.set_id = Fact::Known("east".to_owned());
        assert_eq!((Named::of(&facts).id(), Named::of(&facts).title()), ("Z1/a.b/A/east".into(), "a.b A east".into()));
    }
}
