//! A question to a policy, and what its statements answer.

use super::super::super::names::{self, Arn};
use super::super::compares;
use crate::model::{AccessCondition, AccessGrant, AccessStatement, Fact};
use crate::text::wildcard::matches;

/// The keys of conditions whose values are known of a request before anybody makes it.
pub(super) const KEYS: &[&str] = &[
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:RequestedRegion",
    "aws:SecureTransport",
    "kms:CallerAccount",
    "kms:GrantIsForAWSResource",
    "kms:ViaService",
];

/// Whom a policy means by its own account.
pub(super) const OWN: &str = "account";

/// Whose policy it is.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Whose<'a> {
    /// The account that it stands in.
    pub account: Option<&'a str>,
    /// What it is about (ARN): a recovery point, a vault, a key. Nothing: it is not known yet.
    pub id: Option<&'a str>,
}

/// Whether somebody may do something.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Ask<'a> {
    /// The account that asks. Nothing: it is not known.
    pub account: Option<&'a str>,
    /// The role that asks (ARN). Nothing: anybody of that account.
    pub role: Option<&'a str>,
    /// It is the account that the policy stands in, though nobody may know which one that is.
    pub is_own: bool,
    pub action: &'a str,
    pub whose: Whose<'a>,
    /// Where it is asked.
    pub region: Option<&'a str>,
    /// The service that uses a key for the one who asks: `rds`.
    pub service: Option<&'a str>,
}

/// What a policy says to it.
#[derive(Debug, PartialEq)]
pub(crate) enum Answer<'a> {
    Allowed,
    /// This statement denies it.
    Denied(&'a str),
    /// No statement says anything of it.
    Silent,
    /// It hangs on this statement, and why that is not known.
    Unclear(&'a str, &'static str),
}

/// Whether a statement holds. If not, why that is not known.
type Holds = Result<bool, &'static str>;

const OF_SOME: &str = "is about some of its roles only, and which one restores is not configured";
const CONDITIONS: &str = "has conditions of which nobody knows whether they hold";
const WHOSE: &str = "is about accounts of which nobody knows whether they are meant";
const UNREAD: &str = "was not read in full";
const WHAT: &str = "is about some recovery points only, and none is there yet";

impl<'q> Ask<'q> {
    /// A statement that denies decides. One that may deny leaves it open, whatever others allow.
    pub(crate) fn of<'s>(&self, statements: impl IntoIterator<Item = &'s AccessStatement>) -> Answer<'s> {
        let (mut is_allowed, mut may_deny, mut may_allow) = (false, None, None);
        for statement in statements.into_iter().filter(|it| self.is_named(it)) {
            let name = statement.name.text().unwrap_or("a statement");
            match (self.holds(statement), denies(statement)) {
                (Ok(true), true) => return Answer::Denied(name),
                (Ok(true), false) => is_allowed = true,
                (Ok(false), _) => {}
                (Err(why), true) => may_deny = may_deny.or(Some((name, why))),
                (Err(why), false) => may_allow = may_allow.or(Some((name, why))),
            }
        }
        match (may_deny, is_allowed, may_allow) {
            (Some((name, why)), ..) | (None, false, Some((name, why))) => Answer::Unclear(name, why),
            (None, true, _) => Answer::Allowed,
            (None, false, None) => Answer::Silent,
        }
    }

    /// Whether one of the grants of a key gives it. Nothing: somebody was granted it, and whether that is the one who asks
    /// is not known.
    pub(crate) fn is_granted(&self, grants: &[AccessGrant]) -> Option<bool> {
        let gives = |grant: &&AccessGrant| {
            grant.actions.known().is_none_or(|actions| actions.iter().any(|action| action == self.action))
        };
        let mut found = Some(false);
        for grant in grants.iter().filter(gives) {
            let is_meant = grant.grantee.text().map_or(Err(WHOSE), |grantee| self.is_meant(grantee, false));
            match is_meant {
                Ok(false) => {}
                Ok(true) if grant.constrained == Fact::Known(false) => return Some(true),
                _ => found = None,
            }
        }
        found
    }

    fn is_named(&self, statement: &AccessStatement) -> bool {
        statement.actions.known().is_none_or(|actions| actions.iter().any(|action| action == self.action))
    }

    fn holds(&self, statement: &AccessStatement) -> Holds {
        let mut open = None;
        let parts = [self.is_about(statement), self.is_of(statement)];
        let conditions = statement.conditions.known().into_iter().flatten().map(|it| self.meets(it).ok_or(CONDITIONS));
        // One of which it is not known whether it allows or denies may do either.
        let unread = [statement.allow.is_unknown(), statement.conditions.is_unknown()]
            .map(|it| if it { Err(UNREAD) } else { Ok(true) });
        for part in parts.into_iter().chain(conditions).chain(unread) {
            match part {
                Ok(true) => {}
                Ok(false) => return Ok(false),
                Err(why) => open = open.or(Some(why)),
            }
        }
        open.map_or(Ok(true), Err)
    }

    /// It is about what is asked for.
    fn is_about(&self, statement: &AccessStatement) -> Holds {
        if statement.resources.is_unknown() || statement.other_resources.is_unknown() {
            return Err(UNREAD);
        }
        let patterns = statement.resources.known().map(Vec::as_slice).unwrap_or_default();
        let is_named = match self.whose.id {
            _ if patterns.iter().any(|pattern| pattern == "*") => true,
            _ if patterns.iter().any(|pattern| pattern.contains("${")) => return Err(WHAT),
            Some(id) => patterns.iter().any(|pattern| matches(pattern, id)),
            None => return Err(WHAT),
        };
        Ok(is_named != (statement.other_resources == Fact::Known(true)))
    }

    /// It is about the one who asks.
    fn is_of(&self, statement: &AccessStatement) -> Holds {
        if statement.principals.is_unknown() || statement.other_principals.is_unknown() {
            return Err(UNREAD);
        }
        let others = statement.other_principals == Fact::Known(true);
        let mut open = None;
        for principal in statement.principals.known().into_iter().flatten() {
            match self.is_meant(principal, denies(statement) && !others) {
                Ok(true) => return Ok(!others),
                Ok(false) => {}
                Err(why) => open = Some(why),
            }
        }
        open.map_or(Ok(others), Err)
    }

    /// A principal is the one who asks. What is denied to some roles leaves the others of an account.
    fn is_meant(&self, principal: &str, denies: bool) -> Holds {
        if principal == "*" || (principal == OWN && self.is_own) {
            return Ok(true);
        }
        let arn = Arn::parse(principal);
        let of =
            if principal == OWN { self.whose.account } else { arn.map_or(Some(principal), |it| it.known_account()) };
        match (of, self.account) {
            (Some(of), Some(account)) if of != account => return Ok(false),
            (Some(_), Some(_)) => {}
            _ => return Err(WHOSE),
        }
        match (arn, self.role) {
            (None, _) => Ok(true),
            (Some(arn), _) if arn.resource == "root" => Ok(true),
            // A service takes it on by itself, and restores nothing.
            _ if names::is_service_linked(principal) => Ok(false),
            (Some(_), Some(role)) => Ok(principal == role || is_session_of(principal, role)),
            (Some(_), None) if denies => Ok(false),
            (Some(_), None) => Err(OF_SOME),
        }
    }

    /// A condition holds. Nothing: that depends on what nobody knows before somebody asks.
    fn meets(&self, condition: &AccessCondition) -> Option<bool> {
        let (operator, values) = (condition.operator.text()?, condition.values.known()?);
        let has = self.value(condition.key.text()?)?;
        if values.iter().any(|value| value.contains("${")) {
            return None;
        }
        let bare = operator.rsplit(':').next().unwrap_or(operator);
        let bare = bare.strip_suffix("IfExists").unwrap_or(bare);
        let (negated, like) = if bare == "Bool" { (false, false) } else { compares(bare)? };
        let is_one = |value: &String| if like { matches(value, &has) } else { value.eq_ignore_ascii_case(&has) };
        Some(values.iter().any(is_one) != negated)
    }

    /// What the request has of a key.
    fn value(&self, key: &str) -> Option<String> {
        let is = |known: &str| key.eq_ignore_ascii_case(known);
        if is("aws:PrincipalAccount") || is("kms:CallerAccount") {
            self.account.map(str::to_owned)
        } else if is("aws:PrincipalArn") {
            self.role.map(str::to_owned)
        } else if is("aws:RequestedRegion") {
            self.region.map(str::to_owned)
        } else if is("aws:SecureTransport") || (is("kms:GrantIsForAWSResource") && self.action == "kms:CreateGrant") {
            Some("true".to_owned())
        } else if is("kms:ViaService") {
            Some(format!("{}.{}.amazonaws.com", self.service?, self.region?))
        } else {
            None
        }
    }
}

/// A statement that does not allow denies.
pub(crate) fn denies(statement: &AccessStatement) -> bool {
    statement.allow != Fact::Known(true)
}

/// `arn:aws:sts::1:assumed-role/restore/session` of the role `arn:aws:iam::1:role/restore`.
fn is_session_of(principal: &str, role: &str) -> bool {
    let session = Arn::parse(principal).and_then(|arn| arn.resource.strip_prefix("assumed-role/"));
    session.and_then(|session| session.split('/').next()) == Some(names::tail(role))
}
