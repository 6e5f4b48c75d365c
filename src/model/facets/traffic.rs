//! Facets of what brings requests to an application: load balancers, certificates, DNS, health checks.

use super::{Fact, Timestamp, facts};

facts! {
    /// A load balancer, one of its listeners, or a group of targets behind it; an edge, which does the same for clients all
    /// over the world: a CloudFront distribution, an accelerator of Global Accelerator; or an API, its domain, or a function
    /// with a URL.
    Traffic {
        /// An edge takes requests at all. CloudFront, Global Accelerator `Enabled`, `enabled`.
        enabled: bool,
        /// What it balances by: `application`, `network` or `gateway`. ELB `Type`, `load_balancer_type`.
        balancer: String,
        /// Who can reach it: `internet-facing` or `internal`. ELB `Scheme`, `internal`; API Gateway
        /// `EndpointConfiguration.types`, `endpoint_configuration`.
        scheme: String,
        /// Host name under which it is reached, lower-case. ELB `DNSName`, `dns_name`; CloudFront `DomainName`,
        /// `domain_name`; API Gateway `apiEndpoint`, `regionalDomainName`, `api_endpoint`, `regional_domain_name`; Lambda
        /// `FunctionUrl`, `function_url`. Absent: it has none, or takes no requests under it.
        dns_name: String,
        /// Of an edge or a function: what else it answers to, sorted: host names, lower-case, and addresses. CloudFront
        /// `Aliases`, `aliases`; Global Accelerator `DualStackDnsName`, `IpSets`, `ip_sets`; Lambda: the URLs of its versions
        /// and aliases.
        aliases: Vec<String>,
        /// Of a distribution: what it does with which requests. CloudFront `DefaultCacheBehavior`, `CacheBehaviors`,
        /// `default_cache_behavior`, `ordered_cache_behavior`. Those of an accelerator are its listeners.
        routes: Vec<OriginRoute>,
        /// A node of it sends to the targets of every zone, not of its own alone. ELB attribute
        /// `load_balancing.cross_zone.enabled`. Absent: a group of targets that does as its load balancer does.
        cross_zone: bool,
        /// `http`, `https`, `tcp`, `tls`, `udp`, `tcp_udp`, `geneve`, … ELB `Protocol`, lower-case. Of an API: `rest`, `http`
        /// or `websocket`. API Gateway `ProtocolType`, `protocol_type`.
        protocol: String,
        /// Port that it listens on, or that it sends to. ELB `Port`. Absent: it has none.
        port: u32,
        /// What its targets are: `instance`, `ip`, `lambda` or `alb`. ELB `TargetType`, `target_type`.
        target_type: String,
        /// Of a listener of an accelerator: the ports that it listens on, sorted: `443`, `8000-8010`. Global Accelerator
        /// `PortRanges`, `port_range`.
        port_ranges: Vec<String>,
        /// Of a listener, an edge or the domain of APIs: ids (ARNs) of the certificates that it shows, sorted. ELB
        /// `Certificates`, `DescribeListenerCertificates`; CloudFront `ViewerCertificate`, `viewer_certificate`; API Gateway
        /// `certificateArn`, `regional_certificate_arn`.
        certificates: Vec<String>,
        /// Of a listener: ids (ARNs) of the groups of targets that it sends to, by default or by a rule, sorted. ELB
        /// `DefaultActions`, `DescribeRules`; `aws_lb_listener_rule`.
        target_groups: Vec<String>,
        /// Of a group of targets: ids (ARNs) of the load balancers or the accelerator that send to it, sorted.
        /// `LoadBalancerArns`. Never known from a plan.
        balancers: Vec<String>,
        /// How many targets are registered. `DescribeTargetHealth`, which a plan never knows; Global Accelerator
        /// `EndpointDescriptions`, `endpoint_configuration`.
        targets: u32,
        /// Of a group of endpoints of an accelerator: how many of them are sent to at all, those whose weight is above 0.
        /// The others are left out of any failover, too. Global Accelerator `Weight`, `weight`.
        weighted_targets: u32,
        /// How many targets take requests now: those that are healthy, or whose health nobody checks.
        /// `DescribeTargetHealth`; Global Accelerator `HealthState`. Never known from a plan.
        healthy_targets: u32,
        /// Of a group of endpoints of an accelerator: the share that it gets of the requests that are nearest to it,
        /// percent, rounded down. A failover does not heed it. Global Accelerator `TrafficDialPercentage`,
        /// `traffic_dial_percentage`.
        dial_percent: u32,
    }

    /// What an edge does with some of the requests.
    OriginRoute {
        /// Which requests: path patterns, and `default` for all that have no pattern of their own, in their order.
        requests: Vec<String>,
        /// What it sends them to: the first one, and those that take over where it fails, in their order.
        origins: Vec<EdgeOrigin>,
    }

    /// Something that an edge sends requests to.
    EdgeOrigin {
        /// What the edge calls it. CloudFront `Id`, `origin_id`.
        name: String,
        /// Its host name, lower-case. CloudFront `DomainName`, `domain_name`. Or the id of the resource that code refers
        /// to, whose host name is not known yet.
        target: String,
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

    /// What a record or an edge leads to, as far as it can be told.
    RecordTarget {
        /// As it stands in the record, or with the edge.
        name: String,
        /// Id of the resource that answers to that name. Absent: searched, and nothing of the estate does.
        id: String,
        /// Its region, from the resource, else from the name. Absent: the name says none, or it is an edge, which has none.
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
        /// Id of the health check that it is gated by. Absent: none.
        health_check: String,
        /// The switch (ARN) that decides that health check: an ARC routing control. Absent: none does.
        routing_control: String,
        /// That health check is inverted: it passes while the switch is off.
        inverted: bool,
    }

    /// What an edge leads to with some of the requests.
    EdgeRoute {
        /// Which requests: path patterns, `default` for all that have no pattern of their own, or protocol and ports.
        requests: Vec<String>,
        /// Regions in which what it sends them to stands, sorted, as far as they are known.
        regions: Vec<String>,
        /// The one region in which all of that stands. Absent: it stands in several, or some of it in none.
        only_region: String,
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
        /// The switch (ARN) that decides it: an ARC routing control. Absent: none does.
        routing_control: String,
        /// It passes while what it asks fails.
        inverted: bool,
        /// Region of the endpoint that it asks. Absent: it asks none, or the endpoint is in no region that its name says.
        endpoint_region: String,
    }

    /// A switch by which people send requests elsewhere, what keeps several of them, or a rule about them.
    Switch {
        /// Of a cluster: regions in which its switches can be flipped, sorted. ARC `ClusterEndpoints`,
        /// `cluster_endpoints`.
        regions: Vec<String>,
        /// Of a safety rule: `assertion` (so many of the controls have to stay on) or `gating` (others decide whether they
        /// may be changed).
        rule: String,
        /// Of a safety rule: ids (ARNs) of the controls that it is about, sorted. ARC `AssertedControls`,
        /// `TargetControls`, `asserted_controls`, `target_controls`.
        controls: Vec<String>,
        /// Of a gating rule: ids (ARNs) of the controls that decide, sorted. ARC `GatingControls`, `gating_controls`.
        gates: Vec<String>,
        /// Of a safety rule: how the controls decide together, `atleast`, `and` or `or`. ARC `RuleConfig.Type`,
        /// `rule_config.type`.
        operator: String,
        /// Of a safety rule: how many of them have to be on. ARC `RuleConfig.Threshold`, `rule_config.threshold`.
        threshold: u32,
        /// Of a safety rule: it means the opposite. ARC `RuleConfig.Inverted`, `rule_config.inverted`.
        inverted: bool,
    }
}
