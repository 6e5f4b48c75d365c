//! Jobs that copied or restored recovery points.

use std::collections::HashMap;

use aws_sdk_backup::primitives::DateTime;
use aws_sdk_backup::types::{CopyJob, RestoreJobsListMember};

use super::super::read::moment;
use super::{COPY_JOB, RESTORE_JOB};
use crate::model::{Fact, Job, Kind, Place, Rel, Resource, Shared, Tags};

pub(super) fn copy(job: &CopyJob, place: Place) -> Resource {
    let mut resource = untagged(COPY_JOB, job.copy_job_id(), place);
    resource.link(Rel::BackupOf, job.resource_arn());
    resource.link(Rel::CopiesTo, job.destination_backup_vault_arn());
    resource.job = Some(Shared::from(Job {
        source: Fact::from_known(job.resource_arn().map(str::to_owned)),
        state: Fact::from_known(job.state().map(|state| state.as_str().to_lowercase())),
        created_at: moment(job.creation_date()),
        completed_at: moment(job.completion_date()),
        seconds: seconds(job.creation_date(), job.completion_date()),
        validation: Fact::Absent,
        validation_reason: Fact::Absent,
        testing_plan: Fact::Absent,
        destination: Fact::from_known(job.destination_backup_vault_arn().map(str::to_owned)),
        reason: Fact::from_read(job.status_message().map(str::to_owned)),
    }));
    resource
}

/// `sources` tells what a recovery point is of.
pub(super) fn restore(job: &RestoreJobsListMember, sources: &HashMap<&str, &str>, place: Place) -> Resource {
    let mut resource = untagged(RESTORE_JOB, job.restore_job_id(), place);
    let of_point = || job.recovery_point_arn().and_then(|point| sources.get(point).copied());
    let source = job.source_resource_arn().or_else(of_point);
    if source.is_none() {
        resource.mark_unknown("job.source", "its recovery point was not listed");
    }
    resource.link(Rel::BackupOf, source);
    resource.job = Some(Shared::from(Job {
        source: Fact::from_known(source.map(str::to_owned)),
        state: Fact::from_known(job.status().map(|status| status.as_str().to_lowercase())),
        created_at: moment(job.creation_date()),
        completed_at: moment(job.completion_date()),
        seconds: seconds(job.creation_date(), job.completion_date()),
        validation: Fact::from_read(job.validation_status().map(|status| status.as_str().to_lowercase())),
        validation_reason: Fact::from_read(job.validation_status_message().map(str::to_owned)),
        testing_plan: Fact::from_read(job.created_by().and_then(|by| by.restore_testing_plan_arn()).map(str::to_owned)),
        destination: Fact::Absent,
        reason: Fact::from_read(job.status_message().map(str::to_owned)),
    }));
    resource
}

/// Jobs have an id but no ARN, and no tags.
fn untagged(kind: &str, id: Option<&str>, place: Place) -> Resource {
    let id = id.unwrap_or_default();
    let mut resource = Resource::new(Kind::of(kind), id, id, place);
    resource.tags = Fact::Known(Tags::new().into());
    resource
}

fn seconds(created: Option<&DateTime>, completed: Option<&DateTime>) -> Fact<u64> {
    match (created, completed) {
        (Some(created), Some(completed)) => {
            Fact::from_known(u64::try_from(completed.secs().saturating_sub(created.secs())).ok())
        }
        (_, None) => Fact::Absent,
        (None, Some(_)) => Fact::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_backup::types::{CopyJobState, RestoreJobCreator, RestoreJobStatus, RestoreValidationStatus};
    use serde_json::json;

    use super::*;

    const SOURCE: &str = "arn:aws:rds:us-east-1:111122223333:db:orders";
    const TESTS: &str = "arn:aws:backup:us-east-1:111122223333:restore-testing-plan:weekly-1";
    const POINT: &str = "arn:aws:rds:us-east-1:111122223333:snapshot:awsbackup:job-1";

    fn place() -> Place {
        Place::new("111122223333", "us-east-1")
    }

    #[test]
    fn a_copy_that_failed_says_why() {
        let destination = "arn:aws:backup:us-west-2:111122223333:backup-vault:dr";
        let job = CopyJob::builder()
            .copy_job_id("1")
            .resource_arn(SOURCE)
            .destination_backup_vault_arn(destination)
            .state(CopyJobState::Failed)
            .status_message("the vault's key cannot be used")
            .creation_date(DateTime::from_secs(1_700_000_000))
            .completion_date(DateTime::from_secs(1_700_000_060))
            .build();
        let expected = json!({
            "id": "1", "kind": "aws.backup.copy-job", "name": "1",
            "place": {"account": "111122223333", "region": "us-east-1"},
            "tags": {},
            "job": {
                "source": SOURCE, "state": "failed", "created_at": "2023-11-14T22:13:20Z",
                "completed_at": "2023-11-14T22:14:20Z", "seconds": 60, "validation": null, "validation_reason": null,
                "testing_plan": null, "destination": destination, "reason": "the vault's key cannot be used",
            },
            "links": [{"rel": "backup-of", "to": SOURCE}, {"rel": "copies-to", "to": destination}],
            "origin": {"source": ""},
        });
        assert_eq!(serde_json::to_value(copy(&job, place())).unwrap(), expected);
    }

    #[test]
    fn a_restore_job_is_of_what_its_recovery_point_is_of() {
        let job = RestoreJobsListMember::builder()
            .restore_job_id("2")
            .recovery_point_arn(POINT)
            .status(RestoreJobStatus::Completed)
            .validation_status(RestoreValidationStatus::TimedOut)
            .validation_status_message("no answer")
            .created_by(RestoreJobCreator::builder().restore_testing_plan_arn(TESTS).build())
            .creation_date(DateTime::from_secs(1_700_000_000))
            .completion_date(DateTime::from_secs(1_700_003_600))
            .build();
        let mut expected = json!({
            "id": "2", "kind": "aws.backup.restore-job", "name": "2",
            "place": {"account": "111122223333", "region": "us-east-1"},
            "tags": {},
            "job": {
                "source": SOURCE, "state": "completed", "created_at": "2023-11-14T22:13:20Z",
                "completed_at": "2023-11-14T23:13:20Z", "seconds": 3600, "validation": "timed_out",
                "validation_reason": "no answer", "testing_plan": TESTS, "destination": null, "reason": null,
            },
            "links": [{"rel": "backup-of", "to": SOURCE}],
            "origin": {"source": ""},
        });
        let found = restore(&job, &[(POINT, SOURCE)].into(), place());
        assert_eq!(serde_json::to_value(found).unwrap(), expected);

        expected["unknown"] = json!({"job.source": "its recovery point was not listed"});
        for (holder, key) in [("job", "source"), ("", "links")] {
            let holder = if holder.is_empty() { Some(&mut expected) } else { expected.get_mut(holder) };
            holder.and_then(|it| it.as_object_mut()).map(|it| it.remove(key));
        }
        assert_eq!(serde_json::to_value(restore(&job, &HashMap::new(), place())).unwrap(), expected);
    }
}
