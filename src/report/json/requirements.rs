//! Between what is told by framework and its frozen form.

use std::borrow::Cow;

use super::ReadError;
use super::framework::{EvidenceShareV1, FrameworkV1, LookV1, RequirementV1};
use crate::result::{EvidenceShare, FrameworkReport, Look, PolicyInfo, Report, RequirementReport};

impl<'a> FrameworkV1<'a> {
    /// Of a report.
    pub(super) fn of(report: &'a Report, framework: &'a FrameworkReport) -> Self {
        Self {
            id: Cow::Borrowed(&framework.id),
            title: Cow::Borrowed(&framework.title),
            edition: Cow::Borrowed(&framework.edition),
            urls: Cow::Borrowed(&framework.urls),
            requirements: framework.requirements.iter().map(|one| RequirementV1::of(report, one)).collect(),
        }
    }

    /// With these policies.
    pub(super) fn read(self, policies: &[PolicyInfo]) -> Result<FrameworkReport, ReadError> {
        Ok(FrameworkReport {
            id: self.id.into_owned(),
            title: self.title.into_owned(),
            edition: self.edition.into_owned(),
            urls: self.urls.into_owned(),
            requirements: self.requirements.into_iter().map(|one| one.read(policies)).collect::<Result<_, _>>()?,
        })
    }
}

impl<'a> RequirementV1<'a> {
    fn of(report: &'a Report, requirement: &'a RequirementReport) -> Self {
        let share = |share: &EvidenceShare| EvidenceShareV1 {
            kind: share.kind,
            verdicts: share.verdicts,
            oldest: share.oldest,
            until: share.until,
        };
        let look = |look: &'a Look| LookV1 {
            service: Cow::Borrowed(&look.service),
            account: Cow::Borrowed(&look.account),
            region: Cow::Borrowed(&look.region),
        };
        let policies = requirement.policies.iter().filter_map(|at| report.policies.get(*at));
        Self {
            id: Cow::Borrowed(&requirement.id),
            title: Cow::Borrowed(&requirement.title),
            coverage: requirement.coverage,
            rest: Cow::Borrowed(&requirement.rest),
            outcome: requirement.outcome,
            policies: policies.map(|policy| Cow::Borrowed(policy.id.as_str())).collect(),
            verdicts: Cow::Borrowed(&requirement.verdicts),
            evidence: requirement.evidence.iter().map(share).collect(),
            not_seen: requirement.not_seen.iter().map(look).collect(),
            left_out: requirement.left_out,
            for_the_running: requirement.for_the_running,
            is_part: requirement.is_part,
        }
    }

    fn read(self, policies: &[PolicyInfo]) -> Result<RequirementReport, ReadError> {
        let find = |id: &Cow<'_, str>| {
            policies
                .iter()
                .position(|policy| policy.id == **id)
                .ok_or_else(|| ReadError::Requirement(self.id.clone().into_owned(), id.clone().into_owned()))
        };
        let share = |share: EvidenceShareV1| EvidenceShare {
            kind: share.kind,
            verdicts: share.verdicts,
            oldest: share.oldest,
            until: share.until,
        };
        let look = |look: LookV1<'_>| Look {
            service: look.service.into_owned(),
            account: look.account.into_owned(),
            region: look.region.into_owned(),
        };
        Ok(RequirementReport {
            policies: self.policies.iter().map(find).collect::<Result<_, _>>()?,
            id: self.id.into_owned(),
            title: self.title.into_owned(),
            coverage: self.coverage,
            rest: self.rest.into_owned(),
            outcome: self.outcome,
            verdicts: self.verdicts.into_owned(),
            evidence: self.evidence.into_iter().map(share).collect(),
            not_seen: self.not_seen.into_iter().map(look).collect(),
            left_out: self.left_out,
            for_the_running: self.for_the_running,
            is_part: self.is_part,
        })
    }
}
