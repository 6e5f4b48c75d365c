//! Coverage: what was seen, and what was not. It is data, and stands in every report.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Kind, Timestamp};

/// How the collection of one service in one place ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CoverageStatus {
    /// Everything there is was listed and described.
    Complete,
    /// Some calls were refused or failed; what was listed is there, with facts unknown.
    Partial,
    /// The list itself was refused.
    Denied,
    /// The list itself failed: unreachable, throttled out, an error of the service.
    Failed,
    /// Not asked: filtered out, the region is not enabled, or the source cannot see it.
    Skipped,
}

/// One row of coverage.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Coverage {
    /// Account; empty where it is not known (a role that could not be assumed has its account's id all the same).
    pub account: String,
    /// Region; empty for services that live once an account.
    pub region: String,
    /// Service as in [`KindInfo::service`](super::KindInfo::service); `*` for all of them.
    pub service: String,
    /// How much of it was seen.
    pub status: CoverageStatus,
    /// For `partial`: kinds whose list is not complete. Empty: every list is, and only single facts are unknown.
    /// For denied, failed and skipped every kind of the service is meant, and this is empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub incomplete: Vec<Kind>,
    /// The call that was refused or failed: `rds:DescribeDBInstances`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// Why, in a few words, without request ids.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When it was collected.
    pub at: Timestamp,
}

impl Coverage {
    /// Why a service was left out that nothing which was asked needs.
    pub(crate) const NOT_NEEDED: &str = "no selected policy needs it";

    /// Was it left out because no policy of the run that collected it needs it? Another run may need it.
    pub fn is_not_needed(&self) -> bool {
        self.status == CoverageStatus::Skipped && self.reason.as_deref() == Some(Self::NOT_NEEDED)
    }

    /// Does it say that a plan or state sees no more than its own workspace? Whatever is collected has an account.
    pub fn is_of_a_workspace(&self) -> bool {
        self.account.is_empty()
    }

    /// Why a plan of which something is left out does not show all of its workspace.
    pub(crate) const PART_OF_A_WORKSPACE: &str = "the plan leaves something out";

    /// Does it say that not even the workspace was seen completely?
    pub(crate) fn is_of_a_part(&self) -> bool {
        self.is_of_a_workspace() && self.reason.as_deref() == Some(Self::PART_OF_A_WORKSPACE)
    }

    /// What the row is about: the call, else the service, else all of them.
    pub(crate) fn what(&self) -> &str {
        match (&self.action, self.service.as_str(), self.status) {
            (Some(action), ..) => action,
            // Everything is not what is only partly seen.
            (None, "*", CoverageStatus::Partial) => "the estate is",
            (None, "*", _) => "everything",
            (None, service, _) => service,
        }
    }

    /// `rds:DescribeDBInstances denied in 111122223333 · us-east-1`, or with what failed.
    pub fn sentence(&self) -> String {
        let place = [self.account.as_str(), self.region.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · ");
        let what = self.what();
        let status = match self.status {
            CoverageStatus::Complete => "complete",
            CoverageStatus::Partial => "only partly seen",
            CoverageStatus::Denied => "denied",
            CoverageStatus::Failed => "failed",
            CoverageStatus::Skipped => "not asked",
        };
        let mut text = format!("{what} {status}");
        if !place.is_empty() {
            text.push_str(" in ");
            text.push_str(&place);
        }
        if let Some(reason) = &self.reason {
            text.push_str(": ");
            text.push_str(reason);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(account: &str, service: &str, status: CoverageStatus, action: Option<&str>, reason: &str) -> String {
        let row = Coverage {
            account: account.to_owned(),
            region: String::new(),
            service: service.to_owned(),
            status,
            incomplete: Vec::new(),
            action: action.map(str::to_owned),
            reason: Some(reason.to_owned()),
            at: Timestamp::UNIX_EPOCH,
        };
        row.sentence()
    }

    #[test]
    fn a_row_is_a_sentence_of_what_was_not_seen_where_and_why() {
        let plan = "a plan sees its own workspace only";
        let (role, account) = (Some("sts:AssumeRole"), "111122223333");
        let found = [
            sentence("", "*", CoverageStatus::Partial, None, plan),
            sentence(account, "*", CoverageStatus::Skipped, None, "the account is suspended"),
            sentence(account, "*", CoverageStatus::Denied, role, "AccessDenied"),
            sentence(account, "iam", CoverageStatus::Failed, None, "it broke off"),
        ];
        let expected = [
            "the estate is only partly seen: a plan sees its own workspace only",
            "everything not asked in 111122223333: the account is suspended",
            "sts:AssumeRole denied in 111122223333: AccessDenied",
            "iam failed in 111122223333: it broke off",
        ];
        assert_eq!(found, expected);
    }
}
