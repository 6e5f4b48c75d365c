//! What several types of Elastic Load Balancing share.

use crate::model::Fact;

pub(in super::super) const BALANCERS: &[&str] = &["aws_lb", "aws_alb"];

pub(in super::super) const GROUPS: &[&str] = &["aws_lb_target_group", "aws_alb_target_group"];

/// Both lists in one, sorted, each once. Unknown if either is.
pub(super) fn joined(one: Fact<Vec<String>>, other: Fact<Vec<String>>) -> Fact<Vec<String>> {
    let (Fact::Known(mut all), Fact::Known(other)) = (one, other) else { return Fact::Unknown };
    all.extend(other);
    all.sort_unstable();
    all.dedup();
    Fact::Known(all)
}
