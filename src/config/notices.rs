//! What a configuration says that is allowed, and that its writer hardly meant. None of it needs an estate.

use std::collections::BTreeSet;

use super::regions::nearest;
use super::{Loaded, Objective, Span};
use crate::model::Notice;
use crate::providers::aws::names::known_partition;

/// A place in the configuration: keys and positions.
type Path = Vec<String>;

impl Loaded {
    /// What the reader of a report should know before its verdicts. `seen` says whether something was seen in a region,
    /// which makes a real one of a name that is not known.
    pub(crate) fn notices(&self, seen: impl Fn(&str) -> bool) -> Vec<Notice> {
        let mut notices = Vec::new();
        if self.file.is_none() {
            notices.push(Notice::note(format!(
                "no configuration: no applications and no objectives are stated, and the gate fails on {}",
                self.config.gate.fail_on.word()
            )));
        }
        if self.config.recovery.is_empty() {
            let text =
                "no recovery region is configured: whether anything can come back elsewhere is judged without one";
            notices.push(Notice::note(text));
        }
        notices.extend(self.unknown_regions(seen));
        notices.extend(self.duplicates());
        notices.extend(self.pairs_across_partitions());
        notices.extend(self.objectives().iter().flat_map(|(path, objective)| self.hard_objective(path, objective)));
        notices.extend(self.waivers_that_end_today());
        notices
    }

    /// A warning about what stands at a path.
    pub(crate) fn warning_at(&self, path: &[&str], text: &str) -> Notice {
        Notice::warning(format!("{}{text}", self.place(path)))
    }

    /// A note about what stands at a path.
    pub(crate) fn note_at(&self, path: &[&str], text: &str) -> Notice {
        Notice::note(format!("{}{text}", self.place(path)))
    }

    /// The lists of regions, with the path to each.
    fn region_lists(&self) -> Vec<(Path, &[String])> {
        let config = &self.config;
        let mut lists = vec![(path(&["regions"]), config.regions.as_slice())];
        for (at, account) in config.accounts.iter().enumerate() {
            lists.push((path(&["accounts", &at.to_string(), "regions"]), &account.regions));
        }
        for (name, application) in &config.applications {
            lists.push((path(&["applications", name, "regions"]), &application.regions));
        }
        lists
    }

    /// A region that this release does not know and in which nothing was seen: it is new, or a typo.
    fn unknown_regions(&self, seen: impl Fn(&str) -> bool) -> Vec<Notice> {
        let mut named: Vec<(Path, &str)> = Vec::new();
        for (list, regions) in self.region_lists() {
            named.extend(
                regions.iter().enumerate().map(|(at, region)| (below(&list, &at.to_string()), region.as_str())),
            );
        }
        for (at, pair) in self.config.recovery.iter().enumerate() {
            let of = |field: &str| path(&["recovery", &at.to_string(), field]);
            named.extend([(of("from"), pair.from.as_str()), (of("to"), pair.to.as_str())]);
        }
        let unknown = named.into_iter().filter(|(_, region)| known_partition(region).is_none() && !seen(region));
        let mut told = BTreeSet::new();
        unknown
            .filter(|(_, region)| told.insert(*region))
            .map(|(path, region)| {
                let text = format!("this release knows no region '{region}', and nothing of it was seen");
                match nearest(region) {
                    Some(near) => self.warning_at(&parts(&path), &format!("{text} (did you mean '{near}'?)")),
                    None => self.note_at(&parts(&path), &text),
                }
            })
            .collect()
    }

    /// What stands in a list twice: perhaps something else was meant.
    fn duplicates(&self) -> Vec<Notice> {
        let mut lists = self.region_lists();
        for (name, application) in &self.config.applications {
            lists.push((path(&["applications", name, "names"]), &application.names));
            lists.push((path(&["applications", name, "accounts"]), &application.accounts));
            for (tag, values) in &application.tags {
                lists.push((path(&["applications", name, "tags", tag]), values.as_slice()));
            }
        }
        let mut notices = Vec::new();
        for (list, items) in lists {
            for (at, item) in items.iter().enumerate() {
                if items.iter().take(at).any(|before| before == item) {
                    let path = below(&list, &at.to_string());
                    notices.push(self.warning_at(&parts(&path), &format!("'{item}' stands in this list twice")));
                }
            }
        }
        notices
    }

    fn pairs_across_partitions(&self) -> Vec<Notice> {
        let pairs = self.config.recovery.iter().enumerate();
        let crossing = pairs.filter_map(|(at, pair)| {
            let (from, to) = (known_partition(&pair.from)?, known_partition(&pair.to)?);
            let text = format!(
                "'{}' is in partition {from} and '{}' in {to}: AWS copies and replicates nothing between partitions",
                pair.from, pair.to
            );
            (from != to).then(|| self.warning_at(&["recovery", &at.to_string(), "to"], &text))
        });
        crossing.collect()
    }

    /// All objectives, with the path to each.
    fn objectives(&self) -> Vec<(Path, Objective)> {
        let applications = self.config.applications.iter();
        let of = applications.map(|(name, application)| (path(&["applications", name]), application.objective()));
        std::iter::once((path(&["defaults"]), self.config.defaults.clone())).chain(of).collect()
    }

    /// Objectives that nothing can meet, or that contradict each other.
    fn hard_objective(&self, path: &Path, objective: &Objective) -> Vec<Notice> {
        let mut notices = Vec::new();
        let mut warn = |field: &str, text: String| notices.push(self.warning_at(&parts(&below(path, field)), &text));
        for (field, span) in [("rpo", objective.rpo), ("rto", objective.rto)] {
            match span {
                Some(Span { seconds: 0 }) => warn(field, format!("an {field} of 0 is met by no copy and no restore")),
                Some(span) if !span.seconds.is_multiple_of(60) => {
                    warn(field, format!("an {field} of {span} is judged as {}: whole minutes count", minutes(span)));
                }
                _ => {}
            }
        }
        if let (Some(rpo), Some(retention)) = (objective.rpo, objective.retention)
            && retention < rpo
        {
            let text =
                format!("a retention of {retention} is shorter than the rpo of {rpo}: backups end before the next");
            warn("retention", text);
        }
        notices
    }

    fn waivers_that_end_today(&self) -> Option<Notice> {
        let horizon = self.config.waivers.max_horizon;
        let text = format!("a max-horizon of {horizon} lets no waiver last beyond today");
        (horizon.in_days() == 0).then(|| self.warning_at(&["waivers", "max-horizon"], &text))
    }
}

fn minutes(span: Span) -> Span {
    Span { seconds: span.in_minutes() * 60 }
}

fn path(parts: &[&str]) -> Path {
    parts.iter().map(|part| (*part).to_owned()).collect()
}

fn below(path: &Path, part: &str) -> Path {
    path.iter().cloned().chain([part.to_owned()]).collect()
}

fn parts(path: &Path) -> Vec<&str> {
    path.iter().map(String::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        let loaded = Loaded::parse("s.yaml", text).unwrap();
        let notices = loaded.notices(|region| region == "us-west-7");
        notices.into_iter().map(|notice| format!("{:?} {}\n", notice.level, notice.text)).collect()
    }

    #[test]
    fn what_is_allowed_and_hardly_meant_is_said_with_its_line() {
        let cases = [
            "regions: [us-east-1, us-east-1]",
            "regions:\n  - us-east-1\n  - us-east-9\n  - zz-north-1\n  - us-west-7",
            "recovery:\n  - {from: us-east-1, to: us-gov-west-1}",
            "defaults:\n  rpo: 0s\n  rto: 90s",
            "applications:\n  a:\n    names: [x, x]\n    rpo: 2d\n    retention: 1d",
            "waivers:\n  max-horizon: 0d",
        ];
        let said: Vec<String> = cases.iter().map(|text| said(text)).collect();
        let without =
            "Note no recovery region is configured: whether anything can come back elsewhere is judged without one\n";
        insta::assert_snapshot!(said.concat().replace(without, ""), @"
        Warning s.yaml:1: 'us-east-1' stands in this list twice
        Warning s.yaml:3: this release knows no region 'us-east-9', and nothing of it was seen (did you mean 'us-east-1'?)
        Warning s.yaml:4: this release knows no region 'zz-north-1', and nothing of it was seen (did you mean 'cn-north-1'?)
        Warning s.yaml:2: 'us-east-1' is in partition aws and 'us-gov-west-1' in aws-us-gov: AWS copies and replicates nothing between partitions
        Warning s.yaml:2: an rpo of 0 is met by no copy and no restore
        Warning s.yaml:3: an rto of 90s is judged as 1m: whole minutes count
        Warning s.yaml:3: 'x' stands in this list twice
        Warning s.yaml:5: a retention of 1d is shorter than the rpo of 2d: backups end before the next
        Warning s.yaml:2: a max-horizon of 0s lets no waiver last beyond today
        ");
    }

    #[test]
    fn a_configuration_that_is_meant_says_nothing() {
        let text = "recovery: [{from: us-east-1, to: us-west-2}]\ndefaults: {rpo: 15m, rto: 1h, retention: 7d}";
        assert_eq!(said(text), "");
    }
}
