//! Tables of what may be otherwise, held exact: each row is needed by everything that it is about.

use std::collections::{BTreeMap, BTreeSet};

/// Facts of some resources.
pub(super) struct Excuse {
    /// Addresses, with their plan in front where others have the like; Terraform types, or `*`.
    of: &'static [&'static str],
    /// Terraform types that `*` leaves out.
    but: &'static [&'static str],
    facts: &'static [&'static str],
    why: &'static str,
}

/// What a row is about, and one of its facts.
pub(super) type Pair = (&'static str, &'static str);

/// What a resource is called in these tables, the narrowest first: its plan and address, its address, its Terraform type,
/// and `*`.
pub(super) type Whats<'w> = [&'w str; 4];

pub(super) const fn of(of: &'static [&'static str], facts: &'static [&'static str], why: &'static str) -> Excuse {
    Excuse { of, but: &[], facts, why }
}

/// Facts of all resources but those of some types.
pub(super) const fn of_all_but(
    but: &'static [&'static str],
    facts: &'static [&'static str],
    why: &'static str,
) -> Excuse {
    Excuse { of: &["*"], but, facts, why }
}

impl Excuse {
    fn pairs(&self) -> impl Iterator<Item = Pair> + use<> {
        let Self { of, facts, .. } = *self;
        of.iter().flat_map(move |of| facts.iter().map(move |fact| (*of, *fact)))
    }
}

/// A table, and what came of its rows.
pub(super) struct Excuses {
    /// By what it is about.
    reasons: BTreeMap<Pair, &'static Excuse>,
    needed: BTreeSet<Pair>,
    /// With a resource that does without.
    not_needed: BTreeMap<Pair, String>,
}

impl Excuses {
    pub(super) fn new(table: &'static [Excuse]) -> Self {
        let mut reasons = BTreeMap::new();
        for row in table {
            for pair in row.pairs() {
                assert!(reasons.insert(pair, row).is_none(), "{pair:?} stands there twice");
            }
        }
        Self { reasons, needed: BTreeSet::new(), not_needed: BTreeMap::new() }
    }

    /// The reason for a fact of what is called so, by the narrowest row that is about it.
    pub(super) fn needed(&mut self, whats: Whats<'_>, fact: &str) -> Option<&'static str> {
        let (pair, row) = self.covering(whats, fact)?;
        self.needed.insert(pair);
        Some(row.why)
    }

    /// A fact of what is called so is not what this table excuses.
    pub(super) fn not_needed(&mut self, whats: Whats<'_>, fact: &str) {
        if let Some((pair, _)) = self.covering(whats, fact) {
            self.not_needed.entry(pair).or_insert_with(|| whats[0].to_owned());
        }
    }

    fn covering(&self, whats: Whats<'_>, fact: &str) -> Option<(Pair, &'static Excuse)> {
        let of = |what: &&str| self.reasons.iter().find(|((of, own), _)| of == what && *own == fact);
        let found = whats.iter().find_map(of).map(|(pair, row)| (*pair, *row));
        found.filter(|(_, row)| !row.but.contains(&whats[2]))
    }

    /// Pairs that nothing needs, or that one of what they are about does without.
    pub(super) fn idle(&self) -> BTreeSet<(Pair, String)> {
        let unused = self.reasons.keys().filter(|pair| !self.needed.contains(pair));
        let unused = unused.map(|pair| (*pair, "nothing needs it".to_owned()));
        unused.chain(self.not_needed.iter().map(|(pair, by)| (*pair, format!("{by} does without")))).collect()
    }
}

#[test]
fn a_row_that_not_all_need_that_it_is_about_is_found() {
    static TABLE: &[Excuse] = &[
        of(&["one.a", "one"], &["name", "tags"], "so"),
        of_all_but(&["two"], &["state"], "not made yet"),
        of(&["plan/two.b"], &["name"], "there only"),
    ];
    let mut table = Excuses::new(TABLE);
    let one = |address| ["plan/one.a", address, "one", "*"];
    let two = ["plan/two.b", "two.b", "two", "*"];
    assert_eq!(table.needed(one("one.a"), "name"), Some("so"));
    assert_eq!(table.needed(one("one.b"), "name"), Some("so"));
    assert_eq!(table.needed(one("one.b"), "state"), Some("not made yet"));
    assert_eq!([table.needed(two, "state"), table.needed(two, "name")], [None, Some("there only")]);
    table.not_needed(one("one.b"), "name");
    table.not_needed(two, "state");
    let expected = [
        (("one", "name"), "plan/one.a does without"),
        (("one", "tags"), "nothing needs it"),
        (("one.a", "tags"), "nothing needs it"),
    ];
    assert_eq!(table.idle(), expected.map(|(pair, why)| (pair, why.to_owned())).into());
}
