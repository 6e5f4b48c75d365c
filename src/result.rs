//! The result: verdicts, findings, the finished report, and how a run ends. Data only, which every later stage reads.

mod applications;
mod change;
mod drill;
mod exit;
mod finding;
mod framework;
mod gate;
mod graph;
mod orchestrate;
mod policy;
mod readiness;
mod region_switch;
mod report;
mod summary;
mod verdict;
mod verified;

pub use applications::{ApplicationSize, Applications, Unassigned};
pub use change::{ChangeSummary, PlanSummary, Reach};
pub use drill::{
    Checked, Drill, DrillHistory, DrillKind, DrillLoss, DrillNote, DrillOutcome, DrillRow, DrillState, DrillStep,
};
pub use exit::Exit;
pub use finding::{Behind, BehindEdge, BehindResource, ChangeStatus, Finding, FindingChange, ResourceRef, WaiverRef};
pub use framework::{EvidenceShare, FrameworkReport, Look, Provable, RequirementOutcome, RequirementReport};
pub use gate::{Gate, GateStatus};
pub use graph::{Dangling, Graph, GraphEdge, GraphResource};
pub use orchestrate::{
    NotOrchestrated, Orchestration, Payload, PayloadFinding, PayloadLayer, PayloadStep, Preflight, Proof, Weight,
};
pub use policy::{PolicyInfo, Remediation};
pub use readiness::{
    Asked, Data, DataRow, Decision, Implemented, Known, LeftOut, Loss, Measured, MeasuredBy, Problem, Readiness, Since,
    Step, StepState, Time,
};
pub use region_switch::{
    AwsWarning, Evaluation, MadePlan, PlanPreflight, SwitchPlan, SwitchStep, SwitchWorkflow, Uncovered,
};
pub use report::{Answer, AnswerKind, Report};
pub use summary::{ApplicationResult, AreaScore, Summary};
pub use verdict::{Evidence, EvidenceKind, Missing, Outcome, Verdict};
pub use verified::{CheckOutcome, CheckPlan, CheckResult, PlannedCheck, Verified, VerifiedAnswer};
