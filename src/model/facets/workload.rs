//! What runs: images, what it is told about other places, where it writes its log.

use super::{Fact, facts};

facts! {
    /// What a task, a function or a machine runs and what it is told. Of texts that may hold secrets (environments, commands,
    /// user data) only what has the shape of an endpoint, of an ARN or of a region is kept.
    Workload {
        /// Its family or name without the revision. ECS `family`.
        family: String,
        /// Which revision of the family it is. ECS `revision`.
        revision: u32,
        /// Id (ARN) of the definition that it runs. ECS service `taskDefinition`.
        definition: String,
        /// What it is made of. Containers' `image`.
        images: Vec<RunImage>,
        /// What machines are started from. Launch template and launch configuration `ImageId`, `image_id`, overrides
        /// included.
        launch_images: Vec<LaunchImage>,
        /// Names of the instance profiles that its machines start with, sorted. Launch template and launch configuration
        /// `IamInstanceProfile`, `iam_instance_profile`.
        instance_profiles: Vec<String>,
        /// What it is told that names a place, sorted. Environment, commands, log options, user data.
        mentions: Vec<Mention>,
        /// Where it writes its log, sorted. `logConfiguration` with the driver `awslogs`.
        logs: Vec<LogTarget>,
        /// `ec2`, `fargate`, `external`; of a function its runtime. `launchType`, `requiresCompatibilities`, `Runtime`.
        launch_types: Vec<String>,
        /// Hash of its code. Lambda `CodeSha256`.
        code_hash: String,
        /// What came of its last change, lower-case: `successful`, `failed`, `inprogress`. Lambda `LastUpdateStatus`.
        last_update: String,
        /// `arm64`, `x86_64`, sorted. Lambda `Architectures`, `architectures`.
        architectures: Vec<String>,
        /// Memory that it gets, MiB. Lambda `MemorySize`, `memory_size`.
        memory_mib: u32,
        /// Processor time that a task as a whole gets, in units of which 1,024 are a virtual processor. ECS `cpu`. Absent:
        /// it is limited container by container, or not at all, which Fargate does not start.
        cpu_units: u32,
        /// It starts from a snapshot of its memory. Lambda `SnapStart.ApplyOn`, `snap_start`.
        snap_start: bool,
    }

    /// An image that something runs.
    RunImage {
        /// Where it says so: `container api`.
        at: String,
        /// As it is written: `111122223333.dkr.ecr.us-east-1.amazonaws.com/shop:v3`.
        reference: String,
        /// Region of its registry. Absent: it is in no registry of a region.
        region: String,
        /// Account of its registry. Absent: it is in none of an account.
        account: String,
        /// Repository in the registry. Absent: it is in none.
        repository: String,
        /// Its tag. Absent: its digest is given. `latest` where neither is.
        tag: String,
        /// Its digest: `sha256:…`. Absent: its tag is given.
        digest: String,
    }

    /// An image that machines are started from.
    LaunchImage {
        /// Where it says so: `launch template web, version 3`.
        at: String,
        /// Its id, or where the id is kept: `ami-1`, `resolve:ssm:/images/web`. Absent: the template that should say it
        /// is gone.
        reference: String,
        /// What it is called. `Name`.
        name: String,
        /// Whose it is. `OwnerId`.
        account: String,
        /// It is there, and machines can be started from it. `State` is `available`. Never known from a plan.
        available: bool,
    }

    /// A place that something names in what it is told.
    Mention {
        /// Where: `container api, environment DB_HOST`.
        at: String,
        /// `endpoint` (a host name of the provider), `arn`, `id` (of something that lives in one region), `region`.
        what: String,
        /// The endpoint, ARN, id or region itself, without user, password, path and query.
        value: String,
        /// The region in it. Absent: it has none.
        region: String,
    }

    /// Where something writes its log.
    LogTarget {
        /// Where it says so: `container api`.
        at: String,
        /// Name of the log group.
        group: String,
        /// Region that it is written to.
        region: String,
        /// It makes the group where it is missing. `awslogs-create-group`.
        creates: bool,
    }
}
