//! AWS Lambda.

use super::super::class::Class;
use super::super::info::{KindInfo, Replicas, Rule};
use super::super::rel::Rel;

pub(super) const KINDS: &[KindInfo] = &[
    KindInfo {
        name: "aws.lambda.event-source-mapping",
        service: "lambda",
        title: "Lambda event source mapping",
        class: Class::EventSource,
        global: false,
        collected: true,
        edges: &[
            // The queues, streams and topics of it are not collected, so that only an ARN means one of them.
            (Rel::Consumes, &["aws.dynamodb.table"]),
            (Rel::MemberOf, &["aws.lambda.function"]),
        ],
        counterpart: Rule::EventSource,
        replicas: Replicas::None,
        copies: &[],
        backup: None,
        mechanism: None,
    },
    KindInfo {
        name: "aws.lambda.function",
        service: "lambda",
        title: "Lambda function",
        class: Class::Function,
        global: false,
        collected: true,
        edges: &[
            (Rel::Assumes, &["aws.iam.role"]),
            (Rel::ConnectsTo, &[]),
            (Rel::EncryptedBy, &["aws.kms.key"]),
            (Rel::FilteredBy, &["aws.ec2.security-group"]),
            (Rel::InSubnet, &["aws.ec2.subnet"]),
            (Rel::LogsTo, &["aws.logs.group"]),
            (Rel::Mounts, &["aws.efs.filesystem"]),
            // By the ARNs in its environment.
            (Rel::ReadsSecret, &["aws.secretsmanager.secret", "aws.ssm.parameter"]),
            // Where it sends what came of an event, and events that it could not work on.
            (Rel::SendsTo, &["aws.lambda.function"]),
            (Rel::UsesImage, &["aws.lambda.layer"]),
        ],
        counterpart: Rule::StandIn,
        replicas: Replicas::None,
        copies: &[],
        backup: None,
        mechanism: None,
    },
    KindInfo {
        name: "aws.lambda.layer",
        service: "lambda",
        title: "Lambda layer",
        class: Class::CodeLayer,
        global: false,
        collected: true,
        edges: &[],
        counterpart: Rule::SameName,
        replicas: Replicas::None,
        copies: &[],
        backup: None,
        mechanism: None,
    },
];
