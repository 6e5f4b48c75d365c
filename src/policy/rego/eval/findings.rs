//! What the rules of a policy find, and what each finding is about.

use std::collections::{BTreeMap, BTreeSet};

use regorus::Value;

use super::super::plan::RuleId;
use super::super::value::{Doubt, Partial};
use super::{Answer, Fault, Machine};

/// Tells what a finding, and the values of the solution that gives it, are about.
pub(crate) type HomeOf<'h> = &'h dyn Fn(&Partial, &[Option<Partial>]) -> BTreeSet<String>;

/// What a rule finds.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    /// What is there for certain, and what it is about.
    pub certain: Vec<(Partial, BTreeSet<String>)>,
    /// The facts on which more may hang, by what that would be about.
    pub maybe: BTreeMap<Option<String>, Doubt>,
    /// Definitions that ended in an error.
    pub errors: Vec<String>,
}

impl Findings {
    fn doubt(&mut self, homes: BTreeSet<String>, doubt: &Doubt) {
        let whole = homes.is_empty().then_some(None);
        for home in homes.into_iter().map(Some).chain(whole) {
            self.maybe.entry(home).and_modify(|before| *before = before.and(doubt)).or_insert_with(|| doubt.clone());
        }
    }
}

impl Machine<'_> {
    /// All that a set rule gives in one of the files that define it.
    pub(crate) fn findings(&mut self, rule: RuleId, file: &str, home: HomeOf<'_>) -> Answer<Findings> {
        self.begin();
        let mut all = Findings::default();
        let (mut known, mut in_part) = (BTreeMap::<Value, BTreeSet<String>>::new(), Vec::new());
        let Some(rule) = self.program.rules.get(rule) else { return Ok(all) };
        for definition in rule.definitions.iter().filter(|definition| definition.at.file == file) {
            let stray = self.definition(definition, &[], &mut |_, value, machine, frame| {
                let homes = home(&value, frame);
                match (&machine.doubt, value) {
                    (Some(doubt), _) => all.doubt(homes, doubt),
                    (None, Partial::Known(value)) => known.entry(value).or_default().extend(homes),
                    (None, value) => in_part.push((value, homes)),
                }
                Ok(true)
            });
            match stray {
                Ok(stray) => stray.iter().for_each(|doubt| all.doubt(BTreeSet::new(), doubt)),
                Err(Fault::Error(message)) => {
                    all.errors.push(message);
                    // What it left behind is forgotten.
                    self.begin();
                }
                Err(other) => return Err(other),
            }
        }
        let known = known.into_iter().map(|(value, homes)| (Partial::Known(value), homes));
        all.certain = in_part.into_iter().chain(known).collect();
        Ok(all)
    }
}
