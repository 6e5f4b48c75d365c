//! Facets of what workloads need to start: secrets, parameters, images, log groups. Values and contents are never read.

use super::{Fact, facts};
use crate::model::Timestamp;

facts! {
    /// A secret of a secret store.
    Secret {
        /// The region of the secret that it is a replica of. `PrimaryRegion`. Absent: it is no replica.
        primary_region: String,
        /// Its replicas, sorted by region. `ReplicationStatus`, `replica`.
        replicas: Vec<SecretReplica>,
        /// It is rotated by itself. `RotationEnabled`, `aws_secretsmanager_secret_rotation`.
        rotated: bool,
        /// Id (ARN) of the function that rotates it. `RotationLambdaARN`, `rotation_lambda_arn`. Absent: none does.
        rotation_function: String,
        /// The service that made it and manages it, for example `rds`. `OwningService`. Absent: none.
        owner: String,
        /// When it was or will be deleted. `DeletedDate`. Absent: its deletion is not scheduled.
        deletion_date: Timestamp,
    }

    /// A replica of a secret in another region of its account.
    SecretReplica {
        /// Where it is. `Region`, `region`.
        region: String,
        /// `in_sync`, `in_progress`, `failed`, `pending`, `detached`. `Status`, `status`. Not known from a plan that makes
        /// it.
        status: String,
        /// Id, ARN or alias of the key that it is encrypted with. `KmsKeyId`, `kms_key_id`. Absent: the default key of the
        /// account there.
        key: String,
        /// What the service says of its status. `StatusMessage`. Absent: nothing.
        reason: String,
    }

    /// A parameter of a parameter store.
    Parameter {
        /// `string`, `stringlist`, `securestring`. `Type`, `type`.
        format: String,
        /// `standard`, `advanced`. `Tier`, `tier`.
        tier: String,
        /// Types of the policies that it has, sorted: `expiration`. `Policies`. Code cannot set them.
        policies: Vec<String>,
    }

    /// The image registry of an account in a region.
    Registry {
        /// Where what is pushed is replicated, one for each destination of a rule. What was pushed before the rule was
        /// there is not. `ReplicationConfiguration.Rules`, `replication_configuration.rule`.
        rules: Vec<RegistryRule>,
    }

    /// One destination of a replication rule.
    RegistryRule {
        /// `Destinations.Region`, `destination.region`.
        region: String,
        /// `Destinations.RegistryId`, `destination.registry_id`.
        account: String,
        /// How names of the repositories begin that are replicated, sorted. Empty: all are. `RepositoryFilters`,
        /// `repository_filter`.
        prefixes: Vec<String>,
    }

    /// A repository of images.
    Repository {
        /// A tag can be moved to another image. `ImageTagMutability`, `image_tag_mutability`.
        tags_mutable: bool,
        /// Patterns of tags to which the opposite applies, sorted. `ImageTagMutabilityExclusionFilters`.
        tag_exceptions: Vec<String>,
        /// What is in it, sorted by digest. `ListImages`. Code does not know it.
        images: Vec<StoredImage>,
    }

    /// An image in a repository.
    StoredImage {
        /// `sha256:…`.
        digest: String,
        /// Its tags, sorted.
        tags: Vec<String>,
    }

    /// A log group.
    Log {
        /// How long what is written is kept, days. `RetentionInDays`, `retention_in_days`. Absent: for ever.
        retention_days: u32,
        /// `standard`, `infrequent_access`, `delivery`. `LogGroupClass`, `log_group_class`.
        class: String,
        /// It stays where it is when its code is deleted. `skip_destroy`; known from code only.
        kept_when_deleted: bool,
    }
}
