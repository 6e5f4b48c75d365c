//! One line of the record.

use serde::{Deserialize, Serialize};

use crate::model::Timestamp;
use crate::result::{Decision, DrillKind, DrillOutcome, DrillState};

/// Something that happened in a drill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Id of the drill: `shop-20261130T103325Z`.
    pub drill: String,
    /// When it happened.
    pub at: Timestamp,
    /// When it was written down, if that was later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded_at: Option<Timestamp>,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// What else is to be said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What happened.
    #[serde(flatten)]
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum What {
    /// It began.
    Started {
        /// What is recovered.
        application: String,
        /// Where.
        recovery_region: String,
        /// Whether it is only practised.
        kind: DrillKind,
        /// When the region was lost.
        lost_at: Timestamp,
        /// How long it may take, seconds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rto_seconds: Option<u64>,
        /// How much data may be lost, seconds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rpo_seconds: Option<u64>,
        /// What readiness said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        readiness: Option<Decision>,
        /// The recovery sequence. Empty: it is not known.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        sequence: Vec<WhatStep>,
    },
    /// A step was begun or came to an end.
    Step(Marked),
    /// Functional checks were made.
    Checked {
        /// GO: all of them passed.
        decision: Decision,
        /// Names of those that did not.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        not_passed: Vec<String>,
    },
    /// Somebody noted something.
    Noted,
    /// It is over.
    Stopped {
        /// How it ended.
        outcome: DrillOutcome,
        /// When the application was back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        recovered_at: Option<Timestamp>,
    },
}

/// A step of the recovery sequence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhatStep {
    /// From 1.
    pub number: u32,
    /// From 1: what has the same number can be done at the same time.
    pub layer: u32,
    /// Id (ARN) of the resource.
    pub id: String,
    /// For people.
    pub name: String,
    /// What has to be done, such as `to-promote`; `ready`: nothing.
    pub state: String,
    /// Data is lost with it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub holds_data: bool,
}

/// What is said of a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marked {
    /// Id of the step in the sequence, or what people call it.
    pub step: String,
    /// How far it is.
    pub state: DrillState,
    /// When the newest data was written that was found in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newest_data: Option<Timestamp>,
}

/// A moment as a record has it: nobody needs less than a second.
pub fn moment(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}
