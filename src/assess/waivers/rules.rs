//! The rules that every waiver follows.

use jiff::civil::Date;

use crate::config::Config;
use crate::policy::PolicySet;
use crate::text;

/// What a waiver is checked by.
#[derive(Debug)]
pub(super) struct Rules<'a> {
    pub config: &'a Config,
    /// All of them, also those that are not judged today: a waiver of such a policy is no mistake.
    pub policies: &'a PolicySet,
    pub today: Date,
}

impl Rules<'_> {
    /// The id that a policy has today, if it may be waived.
    pub(super) fn policy(&self, id: &str) -> Result<String, String> {
        let Some(policy) = self.policies.find(id) else {
            let known = self.policies.policies().iter().map(crate::policy::Policy::id);
            return Err(format!("unknown policy '{id}'{}", text::did_you_mean(id, known)));
        };
        if !policy.waivable() {
            return Err(format!("policy '{id}' cannot be waived"));
        }
        Ok(policy.id().to_owned())
    }

    /// A waiver may not be for ever.
    pub(super) fn horizon(&self, expires: Date) -> Result<(), String> {
        let horizon = self.config.waivers.max_horizon;
        let latest = self.after(horizon);
        if expires <= latest {
            return Ok(());
        }
        Err(format!("it may last until {latest} ({horizon} from today), not until {expires}"))
    }

    pub(super) fn after(&self, span: crate::config::Span) -> Date {
        let days = i64::try_from(span.in_days()).unwrap_or(i64::MAX);
        let days = jiff::Span::new().try_days(days).unwrap_or_default();
        self.today.saturating_add(days)
    }
}
