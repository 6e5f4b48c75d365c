//! From verdicts to the finished report: waivers, the baseline, and what the configuration says of it.

use super::{Pipeline, PipelineError, Stand, Told, select};
use crate::assess::{self, AskedFrameworks, Settings};
use crate::result::{Outcome, Report};

impl Pipeline {
    /// What counts of what was judged.
    pub(super) fn assessed(
        &self,
        mut after: Stand,
        before: Option<Stand>,
        told: Told,
        show: &[Outcome],
    ) -> Result<Report, PipelineError> {
        let mut notices = told.notices;
        let mut waivers = self.waivers()?;
        if !self.request.no_waivers {
            notices.extend(waivers.add_inline(told.inline));
        }
        // The waivers note that they were needed, and say below which were not.
        for (policy, resource, _) in self.of_outcome(&after, Outcome::Fail) {
            waivers.matching(policy, resource);
        }
        for (policy, resource, _) in self.of_outcome(&after, Outcome::Unknown) {
            waivers.attesting(policy, resource);
        }
        let upkeep = waivers.upkeep(&self.policies, told.is_whole);
        notices.extend(upkeep.notices);
        notices.extend(self.baseline.notice());
        let config = &self.loaded().config;
        let services = match self.frameworks.is_empty() {
            true => Vec::new(),
            false => select::services_by_policy(&self.policies, config)?,
        };
        let settings = Settings {
            now: self.request.now,
            show,
            fail_on: self.request.fail_on.unwrap_or(config.gate.fail_on),
            strict: self.request.strict || config.gate.strict,
            scope: self.request.scope.unwrap_or(config.gate.scope),
            waiver: &|policy, resource, verdict, fingerprint| {
                if verdict.outcome == Outcome::Unknown {
                    return waivers.attesting(policy, resource);
                }
                waivers.matching(policy, resource).or_else(|| self.baseline.matching(fingerprint, resource, verdict))
            },
            waiver_trouble: upkeep.trouble,
            narrowed: told.narrowed,
            statement: &config.estate,
            applications: &config.applications.keys().cloned().collect::<Vec<_>>(),
            configuration: told.configuration,
            notices,
            not_understood: told.not_understood,
            trouble: told.trouble,
            planned: told.planned,
            incomplete: told.incomplete,
            stack: told.stack,
            behind: std::mem::take(&mut after.behind),
            frameworks: AskedFrameworks {
                frameworks: &self.frameworks,
                policies: self.all.as_ref().unwrap_or(&self.policies),
                services: &services,
            },
        };
        let before = before.as_ref().map(Stand::estate);
        Ok(assess::assess(&self.policies, &after.inventory, after.judged, before, settings))
    }
}
