//! Facets of what an account is allowed: quotas, and what its organization forbids.

use super::{Fact, facts};
use crate::model::Timestamp;

facts! {
    /// How much of something there may be in one place.
    Quota {
        /// The service, as the service of quotas names it. `ServiceCode`, `service_code`.
        service: String,
        /// `QuotaCode`, `quota_code`.
        code: String,
        /// What it limits, in plural: `database instances`.
        counts: String,
        /// How much of it there may be. `Value`, `value`.
        value: u64,
        /// More can be asked for. `Adjustable`, `adjustable`.
        adjustable: bool,
        /// It is what every account starts with. False: more was granted.
        is_default: bool,
    }

    /// The provider's own word that a quota is too low for a plan by which people leave a region.
    QuotaWarning {
        /// The service, as the service of quotas names it. Region switch `serviceCode`.
        service: String,
        /// `quotaCode`.
        code: String,
        /// What the quota is called: `DB instances`. `quotaName`.
        quota: String,
        /// It is lower than what the plan uses in another of its regions. Unknown: the check could not be made.
        too_low: bool,
        /// What came of it, lower-case: `pending` or `denied` where more was asked for, `maxaccountrequestsexceeded`,
        /// `maxregionswitchrequestsexceeded` where nothing more can be, `insufficientpermissions`. `status`.
        state: String,
        /// Id (ARN) of the plan. `planArn`.
        plan: String,
        /// When it was looked at last. `lastCheckedAt`.
        checked_at: Timestamp,
    }

    /// A plan by which people leave a region: what it says, and what the provider itself found in it.
    RegionPlan {
        /// Which state of it this is. Region switch `version`.
        version: String,
        /// The regions that it switches between, sorted. `regions`.
        regions: Vec<String>,
        /// Where its application runs as long as nothing happens. `primaryRegion`.
        primary_region: String,
        /// `activeactive` or `activepassive`. `recoveryApproach`.
        approach: String,
        /// How long an execution may take, minutes. `recoveryTimeObjectiveMinutes`.
        rto_minutes: u64,
        /// The role (ARN) that it is executed with. `executionRole`.
        execution_role: String,
        /// Plans (ARNs) that its steps execute, sorted. `regionSwitchPlanConfig.arn`.
        children: Vec<String>,
        /// What came of its last evaluation, lower-case: `passed`, `actionrequired`, `pendingevaluation`, `unknown`.
        /// `evaluationState`.
        evaluation: String,
        /// When it was evaluated last. `lastEvaluationTime`.
        evaluated_at: Timestamp,
        /// Which state of it was evaluated last. `lastEvaluatedVersion`.
        evaluated_version: String,
        /// What the evaluation warns of. `warnings`.
        warnings: Vec<PlanWarning>,
        /// Of each region its newest activation that was completed, by region. Region switch `ListPlanExecutions`.
        activations: Vec<PlanActivation>,
    }

    /// A region was activated, and nothing went wrong.
    PlanActivation {
        /// `executionRegion`.
        region: String,
        /// `executionId`.
        execution: String,
        /// `graceful` or `ungraceful`. `mode`.
        mode: String,
        /// When it came to its end. `endTime`.
        ended_at: Timestamp,
        /// How long its steps took, seconds. `endTime` less `startTime`.
        execution_seconds: u64,
        /// The same until the alarms of the application were well again, seconds. `actualRecoveryTime`. Absent: nothing tells
        /// when it was up.
        recovery_seconds: u64,
    }

    /// A warning of the evaluation of such a plan.
    PlanWarning {
        /// Name of the step that it is about. `stepName`. Absent: the plan as a whole.
        step: String,
        /// ARN of what it is about. `resourceArn`.
        resource: String,
        /// In the provider's own words. `warningMessage`.
        message: String,
        /// It holds still. `warningStatus`.
        active: bool,
        /// When it changed last. `warningUpdatedTime`.
        updated_at: Timestamp,
    }

    /// What an organization forbids the accounts below it.
    GuardRail {
        /// `service-control-policy` (limits callers of an account), `resource-control-policy` (limits who reaches its
        /// resources), `organization`. `Type`, `type`.
        form: String,
        /// Accounts that it is above of, sorted; of an organization all of its accounts. Service control policies never
        /// hold the management account. Units that it is attached to are followed down to their accounts.
        accounts: Vec<String>,
        /// What its statements say of regions.
        regions: Vec<RegionRule>,
    }

    /// What a statement of an organization's policy says of regions.
    RegionRule {
        /// Policy and statement: `policy 'regions', statement 2`.
        at: String,
        /// The regions that it names, or patterns of them, sorted.
        regions: Vec<String>,
        /// The regions that it names are shut out. False: all others are.
        shuts_out_named: bool,
        /// Services of which it denies something that recovery calls, by the prefix of their actions, sorted. `*`: all.
        services: Vec<String>,
        /// Services that it leaves alone, sorted. `NotAction`.
        spared: Vec<String>,
        /// What else decides whether it denies, such as who calls: `ArnNotLike aws:PrincipalARN`.
        unless: String,
        /// The condition key and value, or the ARN.
        value: String,
    }
}
