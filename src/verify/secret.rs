//! A secret can be described, and its key can be used. What is in it is never asked for.

use super::attempt::{Attempt, Cx};
use crate::config::checks::SecretCheck;

#[cfg(not(feature = "aws"))]
pub(super) async fn ask(_: &SecretCheck, _: &Cx<'_>) -> Attempt {
    Attempt::Cannot("this build has no AWS support".to_owned())
}

#[cfg(feature = "aws")]
pub(super) async fn ask(check: &SecretCheck, cx: &Cx<'_>) -> Attempt {
    use crate::providers::aws::names::Arn;

    let arn = Arn::parse(&check.secret);
    let region = check.region.as_deref().or(arn.as_ref().map(|arn| arn.region)).or(cx.region);
    let (Some(probe), Some(region)) = (cx.probe, region) else {
        return Attempt::Cannot("no region is known".to_owned());
    };
    let account = arn.as_ref().map(|arn| arn.account).or(cx.account);
    let seen = match probe.secret(account, region, &check.secret).await {
        Ok(seen) => seen,
        Err(why) if why.is_missing => return Attempt::Failed(format!("there is no such secret in {region}")),
        Err(why) => return cannot(why.again, why.why),
    };
    if seen.deleted {
        return Attempt::Failed("it is there, and is scheduled for deletion".to_owned());
    }
    match (seen.key, seen.key_state) {
        (Some(_), Some(Ok(state))) if state == "Enabled" => {
            Attempt::Passed("it is there, and its key is enabled".to_owned())
        }
        (Some(key), Some(Ok(state))) => Attempt::Failed(format!("it is there, and its key {key} is {state}")),
        (Some(key), Some(Err(why))) if why.is_missing => {
            Attempt::Failed(format!("it is there, and its key {key} is not"))
        }
        (Some(_), Some(Err(why))) => cannot(why.again, format!("it is there; of its key, {}", why.why)),
        _ => Attempt::Passed("it is there, with the key of AWS".to_owned()),
    }
}

#[cfg(feature = "aws")]
fn cannot(again: bool, why: String) -> Attempt {
    if again { Attempt::CannotNow(why) } else { Attempt::Cannot(why) }
}
