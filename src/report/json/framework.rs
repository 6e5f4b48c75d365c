//! The frozen form of what is told by framework.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::Timestamp;
use crate::result::{EvidenceKind, Outcome, Provable, RequirementOutcome};

type Text<'a> = Cow<'a, str>;

/// A framework, requirement by requirement.
#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct FrameworkV1<'a> {
    /// As headers of policies call it: `nist-800-53-r5`.
    pub id: Text<'a>,
    pub title: Text<'a>,
    /// Which edition of it; empty where it has none.
    pub edition: Text<'a>,
    /// Where it can be read.
    pub urls: Cow<'a, [String]>,
    /// In its own order.
    pub requirements: Vec<RequirementV1<'a>>,
}

/// One requirement, and what the policies that answer it say together.
#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct RequirementV1<'a> {
    /// As the framework calls it: `CP-9(1)`.
    pub id: Text<'a>,
    /// What it asks for, in a few words.
    pub title: Text<'a>,
    /// How much of it policies can prove.
    pub coverage: Provable,
    /// What is left for a person to show, where policies prove a part.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub rest: Text<'a>,
    /// What it comes to.
    pub outcome: RequirementOutcome,
    /// Ids of the policies of the run that answer it. Their verdicts are those of the report.
    pub policies: Vec<Text<'a>>,
    /// Their verdicts by outcome, listed or not.
    pub verdicts: Cow<'a, BTreeMap<Outcome, usize>>,
    /// What the decided ones of them rest on.
    pub evidence: Vec<EvidenceShareV1>,
    /// What its policies judge and nobody could look at, or not completely.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_seen: Vec<LookV1<'a>>,
    /// Policies that answer it and were left out of the run.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub left_out: usize,
    /// Questions that only the running estate answers, and that were not asked.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub for_the_running: usize,
    /// Only a part of the estate was judged: a plan sees its own workspace, and filters leave the rest out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_part: bool,
}

/// Evidence of one kind.
#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct EvidenceShareV1 {
    /// How it is known.
    pub kind: EvidenceKind,
    /// Decided verdicts that rest on it.
    pub verdicts: usize,
    /// From when the oldest of it is: when it was collected, or measured before that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oldest: Option<Timestamp>,
    /// Of a person's word: the day on which the first of it ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// A service in a place, as in `coverage`.
#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct LookV1<'a> {
    /// `*` for all of them.
    pub service: Text<'a>,
    /// Empty where it is not known, or where nobody looked anywhere.
    pub account: Text<'a>,
    /// Empty for services that live once an account.
    pub region: Text<'a>,
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}
