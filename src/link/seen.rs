//! What was seen: whether a search that found nothing may say that there is nothing.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::model::{Coverage, CoverageStatus, KINDS, Kind, Timestamp};

/// Coverage, arranged to be asked by place and kind.
pub(crate) struct Seen<'a> {
    accounts: HashMap<&'a str, Account<'a>>,
    /// All accounts, sorted.
    sorted: Vec<&'a str>,
    /// By region and kind, once that was asked: which is the first account whose search was not complete. Every record asks.
    first_gaps: HashMap<&'a str, Vec<OnceLock<Option<usize>>>>,
    /// The row of a source that cannot say which accounts it speaks of, such as a plan.
    workspace: Option<&'a Coverage>,
    /// Somebody answers for it that what no plan or state shows is not there.
    all_in_code: bool,
}

#[derive(Default)]
struct Account<'a> {
    /// By region, sorted; the empty region holds what lives once an account. Looks by kind.
    places: Vec<(&'a str, Vec<Look<'a>>)>,
    /// The row that says that the account as a whole was not seen.
    whole: Option<&'a Coverage>,
}

#[derive(Clone, Copy, PartialEq)]
enum Look<'a> {
    NotCollected,
    Complete(&'a Coverage),
    Incomplete(&'a Coverage),
}

/// Why a search was not complete.
#[derive(Clone, Copy)]
pub(crate) enum Gap<'a> {
    /// Coverage says so.
    Row(&'a Coverage),
    /// Coverage says nothing of this place and kind.
    NotCollected { account: &'a str, region: &'a str, kind: Kind },
    /// Something of the resource itself is not known.
    Says(&'static str),
}

impl Gap<'_> {
    pub(crate) fn sentence(self) -> String {
        match self {
            Self::Row(row) => row.sentence(),
            Self::NotCollected { account, region: "", kind } => {
                format!("{} in {account} was not collected", kind.info().service)
            }
            Self::NotCollected { account, region, kind } => {
                format!("{} in {account} · {region} was not collected", kind.info().service)
            }
            Self::Says(text) => text.to_owned(),
        }
    }
}

impl<'a> Seen<'a> {
    pub(crate) fn new(coverage: &'a [Coverage], all_in_code: bool) -> Self {
        let mut rows: Vec<&Coverage> = coverage.iter().collect();
        // `*` comes first, so that the row of a service has the last word for its kinds; of several, the worst has it.
        let order = |row: &'a Coverage| (&row.account, &row.region, row.service != "*", &row.service, row.status);
        rows.sort_by(|a, b| order(a).cmp(&order(b)));
        let mut seen = Self {
            accounts: HashMap::new(),
            sorted: Vec::new(),
            first_gaps: HashMap::new(),
            workspace: None,
            all_in_code: all_in_code && !coverage.iter().any(Coverage::is_of_a_part),
        };
        for row in rows {
            if row.is_of_a_workspace() {
                seen.workspace.get_or_insert(row);
                continue;
            }
            let account = seen.accounts.entry(&row.account).or_default();
            if row.region.is_empty() && row.service == "*" && row.status != CoverageStatus::Complete {
                account.whole = Some(row);
            }
            account.add(row);
            let kinds = || KINDS.iter().map(|_| OnceLock::new()).collect();
            seen.first_gaps.entry(&row.region).or_insert_with(kinds);
        }
        seen.sorted = seen.accounts.keys().copied().collect();
        seen.sorted.sort_unstable();
        seen
    }

    /// Why not everything of that kind in that place was listed; `None`: it was.
    pub(crate) fn gap<'s>(&'s self, account: Option<&'s str>, region: &'s str, kind: Kind) -> Option<Gap<'s>> {
        let Some(account) = account else { return Some(self.unplaced()) };
        let region = if kind.info().global { "" } else { region };
        let known = self.accounts.get(account);
        let place = known.and_then(|known| known.place(region));
        match place.and_then(|looks| looks.get(kind.index())) {
            Some(Look::Complete(_)) => None,
            Some(Look::Incomplete(row)) => Some(Gap::Row(row)),
            Some(Look::NotCollected) | None => {
                let row = known.and_then(|known| known.whole).or(self.workspace);
                Some(row.map_or(Gap::NotCollected { account, region, kind }, Gap::Row))
            }
        }
    }

    /// Why there may be more of that kind in that place than was found. As [`Self::gap`], but where all of the estate is in
    /// code by somebody's word, the code is all there is. What something refers to may be elsewhere all the same.
    pub(super) fn more<'s>(&'s self, account: Option<&'s str>, region: &'s str, kind: Kind) -> Option<Gap<'s>> {
        self.gap(account, region, kind).filter(|gap| !self.is_answered_for(gap))
    }

    /// Somebody's word stands for what a plan or state cannot see.
    pub(super) fn is_answered_for(&self, gap: &Gap<'_>) -> bool {
        self.all_in_code && matches!(gap, Gap::Row(row) if row.is_of_a_workspace())
    }

    /// When things of that kind in that place were looked at.
    pub(super) fn at(&self, account: &str, region: &str, kind: Kind) -> Option<Timestamp> {
        match self.accounts.get(account)?.place(region)?.get(kind.index())? {
            Look::Complete(row) | Look::Incomplete(row) => Some(row.at),
            Look::NotCollected => None,
        }
    }

    /// The same of all regions of an account, but for one.
    pub(super) fn more_in_regions<'s>(&'s self, account: Option<&'s str>, but: &str, kind: Kind) -> Option<Gap<'s>> {
        let Some(account) = account else { return self.more(None, "", kind) };
        self.regions(account).filter(|region| *region != but).find_map(|region| self.more(Some(account), region, kind))
    }

    /// Accounts that coverage speaks of.
    pub(super) fn accounts(&self) -> impl Iterator<Item = &'a str> {
        self.accounts.keys().copied()
    }

    /// Why a search for a kind in one region of all accounts was not complete.
    pub(super) fn gap_in_accounts<'s>(&'s self, region: &'s str, kind: Kind) -> Option<Gap<'s>> {
        if self.sorted.is_empty() {
            return Some(self.unplaced());
        }
        let find = || self.sorted.iter().position(|account| self.gap(Some(account), region, kind).is_some());
        let known = self.first_gaps.get(region).and_then(|kinds| kinds.get(kind.index()));
        let first = known.map_or_else(find, |known| *known.get_or_init(find))?;
        self.gap(self.sorted.get(first).copied(), region, kind)
    }

    /// Why a search for a kind in all accounts, in the regions that coverage speaks of, was not complete.
    pub(super) fn gap_anywhere<'s>(&'s self, kind: Kind) -> Option<Gap<'s>> {
        let of = |account: &'s &'a str| self.regions(account).map(move |region| (*account, region));
        let mut places = self.sorted.iter().flat_map(of).peekable();
        if places.peek().is_none() {
            return Some(self.unplaced());
        }
        places.find_map(|(account, region)| self.gap(Some(account), region, kind))
    }

    /// Why there may be more of a kind in one region of all accounts than was found.
    pub(super) fn more_in_accounts<'s>(&'s self, region: &'s str, kind: Kind) -> Option<Gap<'s>> {
        match self.gap_in_accounts(region, kind) {
            // What somebody answers for hides no look that was denied.
            Some(gap) if self.is_answered_for(&gap) => {
                self.sorted.iter().find_map(|account| self.more(Some(account), region, kind))
            }
            gap => gap,
        }
    }

    /// Regions of an account that coverage speaks of, sorted.
    pub(super) fn regions(&self, account: &str) -> impl Iterator<Item = &'a str> {
        let places = self.accounts.get(account).map(|account| account.places.as_slice()).unwrap_or_default();
        places.iter().map(|(region, _)| *region).filter(|region| !region.is_empty())
    }

    /// Why not everything in a place that could use something was listed, whatever collected it.
    pub(super) fn any_gap(
        &self,
        account: Option<&'a str>,
        region: &'a str,
        users: &dyn Fn(Kind) -> bool,
    ) -> Option<Gap<'a>> {
        let Some(account) = account else { return Some(self.unplaced()) };
        let known = self.accounts.get(account);
        let Some(looks) = known.and_then(|known| known.place(region)) else {
            let row = known.and_then(|known| known.whole).or(self.workspace);
            return Some(row.map_or(Gap::Says("its region was not collected"), Gap::Row));
        };
        Kind::all().zip(looks).filter(|(kind, _)| users(*kind)).find_map(|(kind, look)| match look {
            Look::Incomplete(row) => Some(Gap::Row(row)),
            // Global resources have a row of their own, where no regional service is expected. Kinds that no collector
            // reads have no row anywhere; if a kind that is collected has none, users of it may have been missed.
            Look::NotCollected if !region.is_empty() && kind.info().collected => {
                Some(Gap::NotCollected { account, region, kind })
            }
            Look::Complete(_) | Look::NotCollected => None,
        })
    }

    fn unplaced(&self) -> Gap<'a> {
        self.workspace.map_or(Gap::Says("its account is not known"), Gap::Row)
    }
}

impl<'a> Account<'a> {
    fn place(&self, region: &str) -> Option<&[Look<'a>]> {
        let at = self.places.binary_search_by(|(have, _)| have.cmp(&region)).ok()?;
        self.places.get(at).map(|(_, looks)| looks.as_slice())
    }

    /// Rows come sorted by region.
    fn add(&mut self, row: &'a Coverage) {
        if self.places.last().is_none_or(|(region, _)| *region != row.region) {
            self.places.push((&row.region, vec![Look::NotCollected; KINDS.len()]));
        }
        let Some((_, looks)) = self.places.last_mut() else { return };
        for (kind, look) in Kind::all().zip(looks) {
            if row.service == "*" || row.service == kind.info().service {
                let listed = match row.status {
                    CoverageStatus::Complete => true,
                    CoverageStatus::Partial => !row.incomplete.contains(&kind),
                    CoverageStatus::Denied | CoverageStatus::Failed | CoverageStatus::Skipped => false,
                };
                *look = if listed { Look::Complete(row) } else { Look::Incomplete(row) };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_all_accounts_the_first_with_a_gap_is_named_each_time() {
        let row = |account: &str, region: &str, status| Coverage {
            account: account.to_owned(),
            region: region.to_owned(),
            service: "elbv2".to_owned(),
            status,
            incomplete: Vec::new(),
            action: None,
            reason: None,
            at: Timestamp::UNIX_EPOCH,
        };
        let (complete, denied) = (CoverageStatus::Complete, CoverageStatus::Denied);
        let rows = [
            row("3", "us-east-1", denied),
            row("2", "us-east-1", denied),
            row("1", "us-east-1", complete),
            row("1", "us-west-2", complete),
            row("2", "us-west-2", complete),
            row("3", "us-west-2", complete),
            row("1", "eu-west-1", complete),
        ];
        let (seen, kind) = (Seen::new(&rows, false), Kind::of("aws.elbv2.load-balancer"));
        let said = |region| seen.gap_in_accounts(region, kind).map(Gap::sentence);
        for _ in 0..2 {
            assert_eq!(said("us-east-1"), Some("elbv2 denied in 2 · us-east-1".to_owned()));
            assert_eq!(said("us-west-2"), None);
            assert_eq!(said("eu-west-1"), Some("elbv2 in 2 · eu-west-1 was not collected".to_owned()));
            assert_eq!(said("eu-west-9"), Some("elbv2 in 1 · eu-west-9 was not collected".to_owned()));
        }
        assert_eq!(
            Seen::new(&[], false).gap_in_accounts("us-east-1", kind).map(Gap::sentence),
            Some("its account is not known".to_owned())
        );
    }

    #[test]
    fn a_word_for_all_that_is_in_code_hides_no_look_that_was_denied() {
        let row = |account: &str, region: &str, service: &str, status, reason: Option<&str>| Coverage {
            account: account.to_owned(),
            region: region.to_owned(),
            service: service.to_owned(),
            status,
            incomplete: Vec::new(),
            action: None,
            reason: reason.map(str::to_owned),
            at: Timestamp::UNIX_EPOCH,
        };
        let (partial, denied, kind) =
            (CoverageStatus::Partial, CoverageStatus::Denied, Kind::of("aws.elbv2.load-balancer"));
        let plan = |reason| row("", "", "*", partial, Some(reason));
        let said = |rows: &[Coverage], all_in_code: bool| {
            let seen = Seen::new(rows, all_in_code);
            let places = [seen.more(Some("1"), "us-west-2", kind), seen.more(Some("2"), "us-west-2", kind)];
            let many = [
                seen.more_in_accounts("us-west-2", kind),
                seen.more_in_regions(Some("2"), "", kind),
                seen.more(None, "us-west-2", kind),
            ];
            places.into_iter().chain(many).map(|gap| gap.map(Gap::sentence)).collect::<Vec<_>>()
        };
        // Of account 1 only the plan speaks; in account 2 the look was denied.
        let live = [
            row("1", "us-east-1", "elbv2", CoverageStatus::Complete, None),
            row("2", "us-east-1", "rds", CoverageStatus::Complete, None),
            row("2", "us-west-2", "elbv2", denied, None),
        ];
        let rows = |reason| live.iter().cloned().chain([plan(reason)]).collect::<Vec<_>>();
        let (sees, is_denied) =
            ("a plan sees its own workspace only", Some("elbv2 denied in 2 · us-west-2".to_owned()));
        let workspace = Some(format!("the estate is only partly seen: {sees}"));
        let [open, word] = [false, true].map(|word| said(&rows(sees), word));
        assert_eq!(open, [workspace.clone(), is_denied.clone(), workspace.clone(), workspace.clone(), workspace]);
        assert_eq!(word, [None, is_denied.clone(), is_denied.clone(), is_denied, None]);
        let part = said(&rows(Coverage::PART_OF_A_WORKSPACE), true);
        let reason = Some("the estate is only partly seen: the plan leaves something out".to_owned());
        assert_eq!((&part[0], &part[4]), (&reason, &reason));
    }
}
