//! A role may do what it has to, as IAM simulates it: its own policies, its boundary and those of the organization. Policies of
//! resources are not in it.

use super::attempt::{Attempt, Cx};
use crate::config::checks::RoleCheck;

#[cfg(not(feature = "aws"))]
pub(super) async fn ask(_: &RoleCheck, _: &Cx<'_>) -> Attempt {
    Attempt::Cannot("this build has no AWS support".to_owned())
}

#[cfg(feature = "aws")]
pub(super) async fn ask(check: &RoleCheck, cx: &Cx<'_>) -> Attempt {
    use crate::providers::aws::names::Arn;
    use crate::text::count;

    let (Some(probe), Some(region)) = (cx.probe, cx.region) else {
        return Attempt::Cannot("no region is known".to_owned());
    };
    let account = Arn::parse(&check.role).map(|arn| arn.account);
    let simulated = match probe.simulate(account, region, &check.role, &check.actions, &check.resources).await {
        Ok(simulated) => simulated,
        Err(why) if why.is_missing => return Attempt::Failed("there is no such role".to_owned()),
        Err(why) if why.again => return Attempt::CannotNow(why.why),
        Err(why) => return Attempt::Cannot(why.why),
    };
    let mut doubtful = None;
    for one in simulated.iter().filter(|one| one.decision != "allowed") {
        let what = format!("{} on {}", one.action, one.resource);
        match one.missing.as_slice() {
            // An explicit denial holds, whatever the keys are that only an allowance asks for.
            [_, ..] if one.decision != "explicitDeny" => {
                doubtful = Some(format!("{what} depends on {}, which no simulation knows", one.missing.join(", ")));
            }
            _ => return Attempt::Failed(format!("{what} is not allowed: {}", one.decision)),
        }
    }
    if let Some(why) = doubtful {
        return Attempt::Cannot(why);
    }
    match check.actions.iter().find(|action| !simulated.iter().any(|one| one.action.eq_ignore_ascii_case(action))) {
        Some(missing) => Attempt::CannotNow(format!("the simulation says nothing of {missing}")),
        None => Attempt::Passed(format!("{} allowed in {region}", count(simulated.len(), "action"))),
    }
}
