//! What texts that name a resource look like: which of several kinds an ARN or an id can be of.

use super::names::Arn;

/// How ARNs and ids of a kind begin.
struct Form {
    kind: &'static str,
    /// The service in its ARN.
    service: &'static str,
    /// How the resource in its ARN begins.
    resource: &'static str,
    /// How a bare id of it begins; empty where any name may be one. `None`: only an ARN means it for certain.
    id: Option<&'static str>,
}

const fn form(kind: &'static str, service: &'static str, resource: &'static str, id: Option<&'static str>) -> Form {
    Form { kind, service, resource, id }
}

/// Kinds of which all that there are in a place are listed, so that what is not among them is not there.
const FORMS: &[Form] = &[
    form("aws.acm.certificate", "acm", "certificate/", None),
    form("aws.apigateway.api", "apigateway", "/apis/", Some("")),
    form("aws.apigateway.api", "apigateway", "/restapis/", None),
    form("aws.autoscaling.group", "autoscaling", "autoScalingGroup:", Some("")),
    form("aws.dynamodb.table", "dynamodb", "table/", None),
    form("aws.ec2.endpoint", "ec2", "vpc-endpoint/", Some("vpce-")),
    form("aws.ec2.internet-gateway", "ec2", "internet-gateway/", Some("igw-")),
    form("aws.ec2.launch-template", "ec2", "launch-template/", Some("lt-")),
    form("aws.ec2.nat-gateway", "ec2", "natgateway/", Some("nat-")),
    form("aws.ec2.network-acl", "ec2", "network-acl/", Some("acl-")),
    form("aws.ec2.peering", "ec2", "vpc-peering-connection/", Some("pcx-")),
    form("aws.ec2.route-table", "ec2", "route-table/", Some("rtb-")),
    form("aws.ec2.security-group", "ec2", "security-group/", Some("sg-")),
    form("aws.ec2.subnet", "ec2", "subnet/", Some("subnet-")),
    form("aws.ec2.vpc", "ec2", "vpc/", Some("vpc-")),
    form("aws.ecs.cluster", "ecs", "cluster/", Some("")),
    form("aws.ecs.task-definition", "ecs", "task-definition/", None),
    form("aws.efs.filesystem", "elasticfilesystem", "file-system/", Some("fs-")),
    form("aws.elasticache.subnet-group", "elasticache", "subnetgroup:", Some("")),
    form("aws.elbv2.listener", "elasticloadbalancing", "listener/app/", None),
    form("aws.elbv2.listener", "elasticloadbalancing", "listener/net/", None),
    form("aws.elbv2.load-balancer", "elasticloadbalancing", "loadbalancer/app/", None),
    form("aws.elbv2.load-balancer", "elasticloadbalancing", "loadbalancer/gwy/", None),
    form("aws.elbv2.load-balancer", "elasticloadbalancing", "loadbalancer/net/", None),
    form("aws.elbv2.target-group", "elasticloadbalancing", "targetgroup/", None),
    form("aws.lambda.function", "lambda", "function:", None),
    form("aws.logs.group", "logs", "log-group:", Some("")),
    form("aws.rds.subnet-group", "rds", "subgrp:", Some("")),
    form("aws.route53.health-check", "route53", "healthcheck/", Some("")),
    form("aws.route53.zone", "route53", "hostedzone/", Some("")),
    form("aws.route53recoverycontrolconfig.routing-control", "route53-recovery-control", "controlpanel/", None),
    form("aws.secretsmanager.secret", "secretsmanager", "secret:", Some("")),
    form("aws.ssm.parameter", "ssm", "parameter/", Some("")),
];

/// Whether a text can only be the name of a resource of that kind, or of one of the others that it is asked of. What
/// code calls a resource, and what the provider keeps for everybody, is listed nowhere.
pub(crate) fn may_mean(kind: &str, text: &str) -> bool {
    let arn = Arn::parse(text);
    let name = arn.map_or(text, |arn| arn.resource);
    if name.starts_with("/aws/service/") || name.starts_with("parameter/aws/service/") {
        return false;
    }
    let is_address = text.starts_with("aws_") || text.contains(".aws_");
    FORMS.iter().filter(|form| form.kind == kind).any(|form| match arn {
        Some(arn) => arn.service == form.service && arn.resource.starts_with(form.resource),
        None => !is_address && form.id.is_some_and(|start| text.starts_with(start)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::KINDS;

    #[test]
    fn an_arn_or_an_id_tells_of_which_kind_it_is() {
        let place = "us-east-1:111122223333";
        let cases = [
            ("sg-1", "aws.ec2.security-group"),
            ("subnet-1", "aws.ec2.subnet"),
            (&format!("arn:aws:lambda:{place}:function:rotate"), "aws.lambda.function"),
            (&format!("arn:aws:elasticloadbalancing:{place}:loadbalancer/net/web/1"), "aws.elbv2.load-balancer"),
            (&format!("arn:aws:secretsmanager:{place}:secret:orders/db-AbCdEf"), "aws.secretsmanager.secret"),
        ];
        // Names that any text may be are left out.
        let own = |text: &str| -> Vec<&str> {
            let named = |kind: &&str| FORMS.iter().all(|form| form.kind != *kind || form.id != Some(""));
            let all = KINDS.iter().map(|info| info.name).filter(|kind| may_mean(kind, text));
            all.filter(|kind| text.starts_with("arn:") || named(kind)).collect()
        };
        for (text, kind) in cases {
            assert_eq!(own(text), [kind], "{text}");
        }
        let nothing = [
            "aws_security_group.web",
            "module.net.aws_subnet.a",
            &format!("arn:aws:sqs:{place}:dead"),
            &format!("arn:aws:elasticloadbalancing:{place}:loadbalancer/classic"),
            &format!("arn:aws:ssm:{place}:parameter/aws/service/ami-amazon-linux-latest/al2023"),
        ];
        for text in nothing {
            assert_eq!(own(text), [""; 0], "{text}");
        }
        assert!(!may_mean("aws.ssm.parameter", "/aws/service/ami-amazon-linux-latest/al2023"));
        assert!(may_mean("aws.ssm.parameter", "/orders/password"));
    }

    #[test]
    fn every_form_is_of_a_kind() {
        assert!(FORMS.iter().all(|form| KINDS.iter().any(|info| info.name == form.kind)));
    }
}
