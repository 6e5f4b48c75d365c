//! Whether somebody may open what was backed up: what the policies of its vault and its key let the recovery account do.

use super::place::Target;
use super::seen::Gap;
use super::{Estate, why};
use crate::model::{AccessStatement, Fact, Opening, Rel, Resource};
use crate::providers::aws::documents::{Answer, Ask, OF_KEY, TO_RESTORE, Whose, denies};
use crate::providers::aws::names::{self, Arn};

const STATEMENTS: &str = "access.statements";

/// What is to be opened.
#[derive(Clone, Copy)]
pub(super) struct Locked<'r> {
    /// The recovery point. Nothing: none is there yet, and code says that one will be.
    pub point: Option<&'r Resource>,
    /// The vault that it lies in, or is to lie in.
    pub vault: Option<&'r Resource>,
    /// What it is encrypted with.
    pub key: &'r Fact<String>,
}

/// One lock of several.
pub(super) enum Lock {
    Open,
    Shut(Opening),
    Unclear(String),
}

impl<'a> Estate<'a> {
    /// Whether somebody in the recovery account may restore from a recovery point.
    pub(super) fn opening_of(&self, point: &Resource, key: &Fact<String>, target: &Target<'_>) -> Opening {
        let vault = match self.vault_of(point) {
            Ok(vault) => vault,
            Err(reason) => return unclear(reason),
        };
        self.opening(Locked { point: Some(point), vault, key }, target)
    }

    /// Whether somebody in the recovery account may open something. What is shut decides, whatever is not known beside.
    pub(super) fn opening(&self, locked: Locked<'_>, target: &Target<'_>) -> Opening {
        let of_vault = locked.vault.map_or(Lock::Open, |vault| lock_of_vault(vault, locked.point, target));
        let mut open =
            Opening { opens: Fact::Known(true), why: Fact::Absent, by: Fact::Absent, statement: Fact::Absent };
        for lock in [of_vault, self.lock_of_key(locked, target)] {
            match lock {
                Lock::Open => {}
                Lock::Shut(opening) => return opening,
                Lock::Unclear(reason) if open.opens.is_unknown() => drop(reason),
                Lock::Unclear(reason) => open = unclear(reason),
            }
        }
        open
    }

    /// The vault that a recovery point lies in. `Ok(None)`: in none, as snapshots do.
    fn vault_of(&self, point: &Resource) -> Result<Option<&'a Resource>, String> {
        let at = self.index.by_id(&point.id);
        let found = at.and_then(|at| self.index.to(at, Rel::StoredIn).next());
        let named = point.recovery_point.as_ref().and_then(|facts| facts.vault.text());
        match (found, named) {
            (Some(vault), _) => Ok(Some(self.index.get(vault))),
            (None, _) if point.kind != self.kinds.recovery_point => Ok(None),
            (None, name) => {
                let region = point.region().unwrap_or_default();
                let gap = self.seen.gap(point.account(), region, self.kinds.vault).map(Gap::sentence);
                let missing = || {
                    name.map_or("its vault was not found".to_owned(), |it| format!("the vault '{it}' was not found"))
                };
                Err(gap.unwrap_or_else(missing))
            }
        }
    }

    fn lock_of_key(&self, locked: Locked<'_>, target: &Target<'_>) -> Lock {
        let Some(holder) = locked.point.or(locked.vault) else { return Lock::Open };
        let name = match locked.key {
            Fact::Known(name) => name,
            Fact::Absent => return Lock::Open,
            Fact::Unknown => return Lock::Unclear(why(holder, "encryption.key")),
        };
        let (usable, reason) = self.key_usable(holder, name);
        if usable == Fact::Known(false) {
            let why = format!("key {} cannot be used", names::tail(name));
            return shut(why, name, Fact::Absent);
        }
        let Some(key) = self.key_of(holder, name) else {
            // The provider's own, by its alias, is open to whoever may restore.
            return reason.map_or(Lock::Open, Lock::Unclear);
        };
        if key.key.as_ref().is_some_and(|facts| facts.manager.text() == Some("provider")) {
            return Lock::Open;
        }
        let Some(statements) = key.access.as_ref().and_then(|access| access.statements.known()) else {
            return Lock::Unclear(unread(key));
        };
        let service = locked.point.and_then(|point| Arn::parse(&point.id)).map(|arn| arn.service);
        let own = key.account().zip(target.account).is_none_or(|(own, account)| own == account);
        let whose = Whose { account: key.account(), id: Some(&key.id) };
        let locks = OF_KEY.iter().map(|action| {
            let ask = Ask { service, is_own: own, whose, ..asked(target, action) };
            by_grant(key, &ask, ask.of(statements))
        });
        first_shut(locks)
    }
}

/// Whether the policy of a vault lets the copies of a plan through. Those of another account it has to let in by itself.
pub(super) fn lock_on_copy(vault: &Resource, plan: &Resource, action: &str) -> Lock {
    let is_own = plan.account().zip(vault.account()).is_none_or(|(own, there)| own == there);
    let none = Vec::new();
    let statements = match vault.access.as_ref().map_or(&Fact::Unknown, |access| &access.statements) {
        Fact::Known(statements) => statements,
        Fact::Absent => &none,
        Fact::Unknown => return Lock::Unclear(unread(vault)),
    };
    let whose = Whose { account: vault.account(), id: Some(&vault.id) };
    let ask = Ask { account: plan.account(), is_own, action, whose, region: vault.region(), ..Ask::default() };
    if is_own { denial(vault, &ask, statements) } else { lock(vault, &name(vault), &ask, ask.of(statements)) }
}

fn name(vault: &Resource) -> String {
    format!("vault {}", vault.name)
}

/// What is left of what the policy of a key says, where somebody may have been granted the use of it.
fn by_grant(key: &Resource, ask: &Ask<'_>, answer: Answer<'_>) -> Lock {
    let name = format!("key {}", names::tail(&key.id));
    if matches!(answer, Answer::Allowed | Answer::Denied(_)) {
        return lock(key, &name, ask, answer);
    }
    let grants = key.access.as_ref().and_then(|access| access.grants.known());
    match grants.map(|grants| ask.is_granted(grants)) {
        Some(Some(true)) => Lock::Open,
        // Code knows its own grants, and others may be given at any time.
        Some(Some(false)) if !key.unknown.contains_key("access.grants") => lock(key, &name, ask, answer),
        Some(None) => Lock::Unclear(format!("whether a grant of {name} is for {} is not known", who(ask))),
        Some(Some(false)) | None => match answer {
            Answer::Silent => Lock::Unclear(format!(
                "no statement of {name} gives {} to {}, and {}",
                ask.action,
                who(ask),
                why(key, "access.grants")
            )),
            other => lock(key, &name, ask, other),
        },
    }
}

/// In its own account a vault is open to whoever else lets in: only what its policy denies counts.
fn lock_of_vault(vault: &Resource, point: Option<&Resource>, target: &Target<'_>) -> Lock {
    let statements = match vault.access.as_ref().map_or(&Fact::Unknown, |access| &access.statements) {
        Fact::Known(statements) => statements,
        Fact::Absent => return Lock::Open,
        Fact::Unknown => return Lock::Unclear(unread(vault)),
    };
    let whose = Whose { account: vault.account(), id: point.map(|point| point.id.as_str()) };
    first_shut(TO_RESTORE.iter().map(|action| {
        let ask = Ask { is_own: true, whose, ..asked(target, action) };
        denial(vault, &ask, statements)
    }))
}

/// Whether a policy denies something to those of its own account.
fn denial(vault: &Resource, ask: &Ask<'_>, statements: &[AccessStatement]) -> Lock {
    match ask.of(statements.iter().filter(|statement| denies(statement))) {
        Answer::Silent => Lock::Open,
        answer => lock(vault, &name(vault), ask, answer),
    }
}

fn asked<'q>(target: &Target<'q>, action: &'q str) -> Ask<'q> {
    let role = target.pair.restore_role.as_deref();
    Ask { account: target.account, role, action, region: Some(target.region), ..Ask::default() }
}

fn who(ask: &Ask<'_>) -> String {
    match (ask.role, ask.account) {
        (Some(role), _) => format!("role {}", names::tail(role)),
        (None, Some(account)) => format!("account {account}"),
        (None, None) => "its account".to_owned(),
    }
}

/// What an answer comes to, in words.
fn lock(of: &Resource, name: &str, ask: &Ask<'_>, answer: Answer<'_>) -> Lock {
    let (action, who) = (ask.action, who(ask));
    let (why, statement) = match answer {
        Answer::Allowed => return Lock::Open,
        Answer::Unclear(statement, why) => return Lock::Unclear(format!("{statement} of {name} {why}")),
        Answer::Denied(statement) => {
            (format!("{statement} of {name} denies {action} to {who}"), Fact::Known(statement.to_owned()))
        }
        Answer::Silent => (format!("no statement of {name} gives {action} to {who}"), Fact::Absent),
    };
    shut(why, &of.id, statement)
}

fn shut(why: String, by: &str, statement: Fact<String>) -> Lock {
    Lock::Shut(Opening { opens: Fact::Known(false), why: Fact::Known(why), by: by.into(), statement })
}

/// The policy of a vault or a key was not read.
fn unread(of: &Resource) -> String {
    format!("{}: {}", of.name, why(of, STATEMENTS))
}

fn unclear(reason: String) -> Opening {
    Opening { why: Fact::Known(reason), ..Opening::default() }
}

/// The first that is shut; else the first of which it is not known.
fn first_shut(locks: impl Iterator<Item = Lock>) -> Lock {
    let mut found = Lock::Open;
    for lock in locks {
        match (&found, lock) {
            (_, shut @ Lock::Shut(_)) => return shut,
            (Lock::Open, unclear @ Lock::Unclear(_)) => found = unclear,
            _ => {}
        }
    }
    found
}
