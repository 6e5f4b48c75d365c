//! Secrets and parameters: what a text that names one means, and the keys of those that stand in for others.

use super::edges::At;
use super::index::{Index, place};
use super::place::Recovery;
use super::{Draft, Estate};
use crate::model::{Fact, Kind, Resource, SecretReplica};
use crate::providers::aws::names::Arn;

const KEY: &str = "joined.counterpart_key";

const SECRET: &str = "aws.secretsmanager.secret";

const PARAMETER: &str = "aws.ssm.parameter";

/// What a bare name may mean, the likeliest first.
const KINDS: &[&str] = &[PARAMETER, SECRET];

/// Secrets Manager puts `-` and six characters behind the name.
const SUFFIX: usize = 7;

impl<'a> Index<'a> {
    /// The secret or parameter that a text names: an ARN, which may lack the characters that Secrets Manager puts behind
    /// the name, and may go on with a key of JSON, a stage and a version; or the name of something in the same place.
    pub(super) fn secret(&self, from: &Resource, text: &str) -> Option<At> {
        let Some(arn) = Arn::parse(text) else {
            let (account, region) = place(from);
            let named =
                |name| KINDS.iter().find_map(|kind| self.by_name_from(from, (Kind::of(kind), account, region, name)));
            // A parameter may be named with its version or a label of it.
            return named(text).or_else(|| named(text.rsplit_once(':')?.0));
        };
        let (account, region) = (arn.known_account()?, arn.region);
        if let Some(rest) = arn.resource.strip_prefix("secret:") {
            let name = rest.split(':').next().unwrap_or(rest);
            let whole = &text[..text.len() - rest.len() + name.len()];
            let kind = Kind::of(SECRET);
            let named = |name| self.by_name(kind, account, region, name);
            // A secret that was made anew under its old name has another ARN: the old one leads nowhere.
            let planned = || {
                let bare =
                    name.get(..name.len().checked_sub(SUFFIX)?).filter(|bare| name[bare.len()..].starts_with('-'))?;
                named(bare).filter(|at| !self.get(*at).id.starts_with("arn:"))
            };
            return self.by_id(whole).or_else(|| named(name)).or_else(planned);
        }
        // `/a/b` and `a/b` have the same ARN.
        let name = arn.resource.strip_prefix("parameter")?;
        let kind = Kind::of(PARAMETER);
        let named = |name: &str| {
            self.by_name(kind, account, region, name).or_else(|| self.by_name(kind, account, region, name.get(1..)?))
        };
        named(name).or_else(|| named(name.rsplit_once(':')?.0))
    }
}

/// The replica of a secret in a region.
pub(super) fn replica_in<'r>(secret: &'r Resource, region: &str) -> Option<&'r SecretReplica> {
    let replicas = secret.secret.as_ref()?.replicas.known()?;
    replicas.iter().find(|replica| replica.region.text() == Some(region))
}

/// Whether that replica has what its primary has, as the service says of it.
pub(super) fn is_in_sync(replica: &SecretReplica) -> Fact<bool> {
    replica.status.as_ref().map(|status| status == "in_sync")
}

impl<'a> Estate<'a> {
    /// Fills the key of what stands in for a secret or a parameter, which must be there already.
    pub(super) fn join_counterpart_key(&self, resource: &'a Resource, recovery: &Recovery<'a>, draft: &mut Draft) {
        if resource.secret.is_none() && resource.parameter.is_none() {
            return;
        }
        let counterpart = match (&draft.joined.counterpart, recovery) {
            (Fact::Known(counterpart), Recovery::At(_)) => counterpart,
            (Fact::Unknown, _) => {
                let reason = draft.reason("joined.counterpart").unwrap_or("its counterpart is not known").to_owned();
                return draft.mark(KEY, reason);
            }
            _ => {
                draft.joined.counterpart_key = Fact::Absent;
                return;
            }
        };
        let there = (counterpart.account.text(), counterpart.region.text());
        let replica = there.1.filter(|_| counterpart.how.text() == Some("replica"));
        let found = counterpart.id.text().and_then(|id| self.index.by_id(id)).map(|at| self.index.get(at));
        let listed = replica.and_then(|region| replica_in(resource, region)).map(|replica| &replica.key);
        let own = found.and_then(|found| found.encryption.as_ref()).map(|encryption| &encryption.key);
        let (key, reason) = match (own, listed) {
            (Some(Fact::Known(key)), _) | (_, Some(Fact::Known(key))) => self.key_there(there, key),
            (Some(Fact::Absent), _) | (None, Some(Fact::Absent)) => {
                draft.joined.counterpart_key = Fact::Absent;
                return;
            }
            _ => return draft.mark(KEY, "what its counterpart is encrypted with is not known"),
        };
        draft.joined.counterpart_key = Fact::Known(key);
        if let Some(reason) = reason {
            draft.mark("joined.counterpart_key.usable", reason);
        }
    }
}
