//! Facets of what brings requests to an application: load balancers, certificates, DNS, health checks.

use super::{Fact, Timestamp, facts};

facts! {
    /// A load balancer, one of its listeners, or a group of targets behind it.
    Traffic {
        /// What it balances by: `application`, `network` or `gateway`. ELB `Type`, `load_balancer_type`.
        balancer: String,
        /// Who can reach it: `internet-facing` or `internal`. ELB `Scheme`, `internal`.
        scheme: String,
        /// Host name under which it is reached, lower-case. ELB `DNSName`, `dns_name`.
        dns_name: String,
        /// A node of it sends to the targets of every zone, not of its own alone. ELB attribute
        /// `load_balancing.cross_zone.enabled`. Absent: a group of targets that does as its load balancer does.
        cross_zone: bool,
        /// `http`, `https`, `tcp`, `tls`, `udp`, `tcp_udp`, `geneve`, … ELB `Protocol`, lower-case.
        protocol: String,
        /// Port that it listens on, or that it sends to. ELB `Port`. Absent: it has none.
        port: u32,
        /// What its targets are: `instance`, `ip`, `lambda` or `alb`. ELB `TargetType`, `target_type`.
        target_type: String,
        /// Of a listener: ids (ARNs) of the certificates that it shows, sorted. ELB `Certificates`,
        /// `DescribeListenerCertificates`.
        certificates: Vec<String>,
        /// Of a listener: ids (ARNs) of the groups of targets that it sends to, by default or by a rule, sorted. ELB
        /// `DefaultActions`, `DescribeRules`; `aws_lb_listener_rule`.
        target_groups: Vec<String>,
        /// Of a group of targets: ids (ARNs) of the load balancers that send to it, sorted. `LoadBalancerArns`. Never known
        /// from a plan.
        balancers: Vec<String>,
        /// How many targets are registered. `DescribeTargetHealth`. Never known from a plan.
        targets: u32,
        /// How many of them take requests now: those that are healthy, or whose health nobody checks.
        /// `DescribeTargetHealth`. Never known from a plan.
        healthy_targets: u32,
    }

    /// A check whether something answers, by which requests are sent to it or not.
    HealthCheck {
        /// It is made at all. ELB `HealthCheckEnabled`, `enabled`; Route 53 not `Disabled`: what is disabled there counts as
        /// healthy for ever.
        enabled: bool,
        /// `http`, `https`, `tcp`, `grpc`; Route 53 also `http_str_match`, `https_str_match`, `calculated`,
        /// `cloudwatch_metric`, `recovery_control`. `HealthCheckProtocol`, `Type`.
        protocol: String,
        /// A number, or `traffic-port`. `HealthCheckPort`, `Port`.
        port: String,
        /// `HealthCheckPath`, `ResourcePath`.
        path: String,
        /// Seconds between two checks. `HealthCheckIntervalSeconds`, `RequestInterval`.
        interval_seconds: u32,
        /// So many failures in a row and it counts as down. `UnhealthyThresholdCount`, `FailureThreshold`.
        unhealthy_threshold: u32,
        /// So many successes in a row and it counts as up again. `HealthyThresholdCount`.
        healthy_threshold: u32,
        /// Host name or address that is asked, lower-case. Route 53 `FullyQualifiedDomainName`, `IPAddress`. Absent: the
        /// targets themselves, or no endpoint at all.
        host: String,
        /// Down counts as up. Route 53 `Inverted`.
        inverted: bool,
        /// Region of the alarm whose state it takes. Route 53 `AlarmIdentifier.Region`, `cloudwatch_alarm_region`.
        alarm_region: String,
        /// Name of that alarm. Route 53 `AlarmIdentifier.Name`, `cloudwatch_alarm_name`.
        alarm: String,
        /// What it counts as while the alarm has no data: `healthy`, `unhealthy` or `last_known_status`. Route 53
        /// `InsufficientDataHealthStatus`.
        without_data: String,
        /// Ids of the checks that it counts, sorted. Route 53 `ChildHealthChecks`.
        children: Vec<String>,
        /// The switch (ARN) that decides it: an ARC routing control. Route 53 `RoutingControlArn`.
        routing_control: String,
    }

    /// A certificate of a host.
    Certificate {
        /// Names that it is for, lower-case, sorted; a name may begin with `*.`. ACM `DomainName`,
        /// `SubjectAlternativeNames`.
        names: Vec<String>,
        /// When it expires. ACM `NotAfter`, `not_after`. Absent: it was not issued.
        not_after: Timestamp,
        /// `amazon` (issued and renewed by the provider), `imported` (renewed by hand) or `private` (by a CA of one's own).
        /// ACM `Type`.
        source: String,
        /// The provider renews it by itself. ACM `RenewalEligibility`.
        renewable: bool,
        /// How its renewal goes, lower-case: `success`, `pending_validation`, `failed`. ACM
        /// `RenewalSummary.RenewalStatus`. Absent: none has begun.
        renewal: String,
        /// Ids (ARNs) of what shows it, sorted. ACM `InUseBy`. Never known from a plan.
        in_use_by: Vec<String>,
    }

    /// A zone of the domain name system, or a record in it.
    Dns {
        /// Full name without the dot at its end, lower-case.
        name: String,
        /// Of a record: bare id of its zone. `HostedZoneId`, `zone_id`. Absent: it is a zone.
        zone: String,
        /// Of a zone: it is answered inside of networks only. `PrivateZone`.
        private: bool,
        /// Of a private zone: the networks that ask it. `VPCs`, `vpc`, `aws_route53_zone_association`.
        networks: Vec<DnsNetwork>,
        /// Of a record: `A`, `AAAA`, `CNAME`, … `Type`.
        record_type: String,
        /// How one of several records of a name is chosen: `simple`, `failover`, `weighted`, `latency`, `geolocation`,
        /// `geoproximity`, `cidr`, `multivalue`.
        policy: String,
        /// `primary` or `secondary`. `Failover`. Absent: its policy is another one.
        failover: String,
        /// What tells it from its siblings. `SetIdentifier`. Absent: it has none.
        set_id: String,
        /// Its share. `Weight`. Absent: its policy is another one.
        weight: u32,
        /// The region that it is the answer for. `Region`. Absent: its policy is another one.
        latency_region: String,
        /// How long an answer is kept, seconds. `TTL`. Absent: an alias, which is kept as long as its target says.
        ttl_seconds: u32,
        /// It stands for another resource, and needs no lookup of its own. `AliasTarget`.
        alias: bool,
        /// What it leads to, sorted: host names and addresses, lower-case and without the dot at their end.
        /// `AliasTarget.DNSName`, `ResourceRecords`. Only of records that lead somewhere (A, AAAA, CNAME): what stands in
        /// others is not read.
        targets: Vec<String>,
        /// The answer is left out while the target is not healthy. `AliasTarget.EvaluateTargetHealth`. Absent: it is no
        /// alias.
        evaluates_target_health: bool,
        /// Id of the health check that it is gated by. `HealthCheckId`. Absent: none.
        health_check: String,
    }

    /// A network in which a private zone is answered.
    DnsNetwork {
        /// Its id. `VPCId`.
        id: String,
        /// Its region. `VPCRegion`.
        region: String,
    }

    /// What a record leads to, as far as it can be told.
    RecordTarget {
        /// As it stands in the record.
        name: String,
        /// Id of the resource that answers to that name. Absent: searched, and nothing of the estate does.
        id: String,
        /// Its region, from the resource, else from the name. Absent: the name says none.
        region: String,
        /// It is in the recovery place.
        in_recovery_place: bool,
    }

    /// Another record of the same name and type, or the record itself.
    SiblingRecord {
        /// Its id.
        id: String,
        /// What tells it from the others. Absent: it has none.
        set_id: String,
        /// `primary` or `secondary`. Absent: its policy is another one.
        failover: String,
        /// What it leads to is in the recovery place.
        in_recovery_place: bool,
    }

    /// A health check that a record is gated by.
    Gate {
        /// Its id.
        id: String,
        /// It is there. False: all health checks of its account were listed, and it is not among them.
        exists: bool,
        /// It is made. False: it counts as healthy for ever.
        enabled: bool,
        /// Region of the alarm that decides it. Absent: none does.
        alarm_region: String,
        /// What it counts as while that alarm has no data. Absent: no alarm decides it.
        without_data: String,
        /// Region of the endpoint that it asks. Absent: it asks none, or the endpoint is in no region that its name says.
        endpoint_region: String,
    }
}
