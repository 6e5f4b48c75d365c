//! Region switch of ARC: its plans with what it finds when it evaluates them, and what it warns of where it compares the quotas of
//! their regions. Of an account that has no plans the lists are empty, which says nothing of its quotas.

mod plans;

use aws_sdk_arcregionswitch::types::{ServiceQuotaWarningStatus, ServiceQuotaWarningSummary};
use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::read::{list, moment, together};
use super::{Collector, Context, Locality, Sink, Spec, Trouble, client};
use crate::collect::actions;
use crate::model::{Fact, Kind, Place, QuotaWarning, Resource, Shared};

const PLAN: &str = "aws.arcregionswitch.plan";
const WARNING: &str = "aws.arcregionswitch.quota-warning";

pub(crate) struct RegionSwitch;

impl Collector for RegionSwitch {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec = Spec {
            service: "arcregionswitch",
            locality: Locality::Global,
            kinds: &[PLAN, WARNING],
            actions: actions::REGION_SWITCH,
        };
        &SPEC
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            // The SDK finds the one region of the partition that is asked, whatever this one is.
            let client = client!(cx, aws_sdk_arcregionswitch);
            let pages = client.list_plans().into_paginator().items().send();
            let listed = out.listed(&[PLAN], list("arc-region-switch:ListPlans", pages).await)?;
            for looked in together(listed.into_iter().map(|plan| plans::look(&client, plan))).await {
                let plan = plans::normalize(looked, PLAN, out);
                out.push(plan);
            }
            let pages = client.list_service_quota_warnings().into_paginator().items().send();
            let listing = list("arc-region-switch:ListServiceQuotaWarnings", pages).await;
            for warning in out.listed(&[WARNING], listing)? {
                out.push(normalize(&warning));
            }
            Ok(())
        }
        .boxed()
    }
}

/// It stands in the region that its quota is of, so that recovery pairs name it. Of the account only that of the plan is told.
fn normalize(warning: &ServiceQuotaWarningSummary) -> Resource {
    let (region, service) = (warning.quota_region(), warning.service_code().unwrap_or("*"));
    let code = warning.quota_code().or(warning.quota_name()).unwrap_or("*");
    // They have no ARN of their own.
    let id = format!("{}/quota-warning/{region}/{service}/{code}", warning.plan_arn());
    let name = format!("{service}/{code}");
    let mut resource = Resource::new(Kind::of(WARNING), id, name, Place::new(warning.account_id(), region));
    resource.tags = Fact::Absent;
    let said = |text: Option<&str>| Fact::from_read(text.map(str::to_owned));
    let too_low = match warning.status() {
        ServiceQuotaWarningStatus::Pending
        | ServiceQuotaWarningStatus::Denied
        | ServiceQuotaWarningStatus::MaxAccountRequestsExceeded
        | ServiceQuotaWarningStatus::MaxRegionSwitchRequestsExceeded => Fact::Known(true),
        // The check was not made, or ended in a way that nobody had thought of.
        _ => Fact::Unknown,
    };
    if too_low.is_unknown() {
        let why = warning.warning_message().unwrap_or(warning.status().as_str());
        resource.mark_unknown("quota_warning.too_low", format!("Region switch could not check it: {why}"));
    }
    resource.quota_warning = Some(Shared::from(QuotaWarning {
        service: said(warning.service_code()),
        code: said(warning.quota_code()),
        quota: said(warning.quota_name()),
        too_low,
        state: warning.status().as_str().to_lowercase().into(),
        plan: warning.plan_arn().into(),
        checked_at: moment(warning.last_checked_at()),
    }));
    resource
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::DateTime;
    use serde_json::{Value, json};

    use super::*;

    const PLAN: &str = "arn:aws:arc-region-switch::111122223333:plan/shop:0123";

    fn warning(status: &str) -> Value {
        let warning = ServiceQuotaWarningSummary::builder()
            .account_id("111122223333")
            .quota_region("us-west-2")
            .service_code("rds")
            .quota_code("L-7B6409FD")
            .quota_name("DB instances")
            .status(ServiceQuotaWarningStatus::from(status))
            .plan_arn(PLAN)
            .warning_message("no permission")
            .last_checked_at(DateTime::from_secs(1_700_000_000))
            .build()
            .unwrap();
        serde_json::to_value(normalize(&warning)).unwrap()
    }

    #[test]
    fn a_warning_says_which_quota_is_too_low_and_what_came_of_it() {
        let expected = |state: &str, too_low: Option<bool>| {
            let mut expected = json!({
                "id": format!("{PLAN}/quota-warning/us-west-2/rds/L-7B6409FD"),
                "kind": "aws.arcregionswitch.quota-warning", "name": "rds/L-7B6409FD",
                "place": {"account": "111122223333", "region": "us-west-2"}, "tags": null,
                "quota_warning": {
                    "service": "rds", "code": "L-7B6409FD", "quota": "DB instances", "state": state, "plan": PLAN,
                    "checked_at": "2023-11-14T22:13:20Z",
                },
                "origin": {"source": ""},
            });
            match too_low {
                Some(too_low) => expected["quota_warning"]["too_low"] = json!(too_low),
                None => {
                    let why = "Region switch could not check it: no permission";
                    expected["unknown"] = json!({"quota_warning.too_low": why});
                }
            }
            expected
        };
        for status in ["pending", "denied", "maxRegionSwitchRequestsExceeded", "maxAccountRequestsExceeded"] {
            assert_eq!(warning(status), expected(&status.to_lowercase(), Some(true)));
        }
        for status in ["insufficientPermissions", "ofTomorrow"] {
            assert_eq!(warning(status), expected(&status.to_lowercase(), None));
        }
    }
}
