//! Facets of the network: where things stand, and what gets through to them.

use super::{Fact, facts};

facts! {
    /// A subnet, or a group of them; a list of addresses.
    Network {
        /// `VpcId`, `vpc_id`.
        vpc: String,
        /// `SubnetIds`, `subnet_ids`, sorted.
        subnets: Vec<String>,
        /// Free addresses. `AvailableIpAddressCount`.
        free_addresses: u32,
        /// Security groups, sorted.
        security_groups: Vec<String>,
        /// Ranges of addresses, of either family, sorted; the entries of a prefix list. `CidrBlock`,
        /// `CidrBlockAssociationSet`, `cidr_block`; `GetManagedPrefixListEntries`, `entry.cidr`.
        cidrs: Vec<String>,
        /// Ports on which it is reached, sorted. RDS `Endpoint.Port`, `port`; containers `portMappings`.
        ports: Vec<u32>,
        /// Machines in it get public addresses by themselves. `assignPublicIp`, `MapPublicIpOnLaunch`.
        public_addresses: bool,
        /// Of an endpoint: the service that it leads to, without the region in its name: `s3`, `secretsmanager`.
        /// `ServiceName`, `service_name`.
        service: String,
        /// How it works: `interface` or `gateway` of an endpoint, `peering` or `transit-gateway` of what connects networks.
        via: String,
        /// Of an endpoint: the usual host name of its service leads to it. `PrivateDnsEnabled`, `private_dns_enabled`.
        private_dns: bool,
        /// Of an endpoint: the statements of its policy, in order. `PolicyDocument`, `policy`. Absent: it has none, or the one
        /// that it has where nobody gives it another, which lets everything through.
        policy: Vec<PolicyStatement>,
        /// Of a network: hosts are looked up in it. `enableDnsSupport`, `enable_dns_support`. Asked of networks with an
        /// endpoint whose host name is private.
        dns_support: bool,
        /// Of a network: private host names are known in it. `enableDnsHostnames`, `enable_dns_hostnames`.
        dns_hostnames: bool,
        /// What it connects, sorted: the networks of a peering, the transit gateway of an attachment.
        peers: Vec<String>,
    }

    /// A statement of the policy of an endpoint.
    PolicyStatement {
        /// It lets through. False: it denies.
        allow: bool,
        /// Actions, or patterns of them, sorted: `secretsmanager:Get*`.
        actions: Vec<String>,
        /// It is about every other action. `NotAction`.
        other_actions: bool,
        /// ARNs, or patterns of them, sorted.
        resources: Vec<String>,
        /// It is about every other resource. `NotResource`.
        other_resources: bool,
        /// It holds whoever asks. False: some principals only, or under conditions.
        certain: bool,
    }

    /// What lets traffic through or not: a security group, a network ACL.
    Firewall {
        /// What may come in. `IpPermissions`, `Entries` without `Egress`.
        ingress: Vec<FirewallRule>,
        /// What may go out. `IpPermissionsEgress`, `Entries` with `Egress`.
        egress: Vec<FirewallRule>,
        /// What was let out may be answered, whatever the rules say. False: answers need rules of their own (network ACL).
        stateful: bool,
    }

    /// A rule of a security group or of a network ACL.
    FirewallRule {
        /// It lets through. False: it shuts out, which only a network ACL can.
        allow: bool,
        /// The first rule that fits decides, from the lowest number on. Network ACL `RuleNumber`. Absent: whichever rule
        /// lets through is enough.
        number: u32,
        /// `tcp`, `udp`, `icmp`, `icmpv6`, a number, or `all`. `IpProtocol`, `Protocol`: `-1` is `all`.
        protocol: String,
        /// First port. Absent: all of them. `FromPort`, `from_port`.
        from_port: u32,
        /// Last port. Absent: all of them. `ToPort`, `to_port`.
        to_port: u32,
        /// The other side, as ranges of addresses of either family, sorted. `IpRanges`, `Ipv6Ranges`.
        cidrs: Vec<String>,
        /// The other side, as security groups: ids as they are written there, sorted. `UserIdGroupPairs`. The group itself
        /// is named by its own id.
        groups: Vec<String>,
        /// The other side, as prefix lists, sorted. `PrefixListIds`.
        prefix_lists: Vec<String>,
    }

    /// Where a subnet sends what is not for itself. A route table.
    Routing {
        /// Its routes, the most specific first.
        routes: Vec<Route>,
        /// It is used by every subnet of its network that has none of its own. `Associations.Main`.
        main: bool,
    }

    /// A route.
    Route {
        /// Range of addresses, or id of a prefix list. `DestinationCidrBlock`, `DestinationIpv6CidrBlock`,
        /// `DestinationPrefixListId`.
        destination: String,
        /// What it leads to: `local`, `internet-gateway`, `nat-gateway`, `egress-only`, `transit-gateway`, `peering`,
        /// `endpoint`, `vpn-gateway`, `instance`, `interface`, `other`.
        via: String,
        /// Id of that. `GatewayId`, `NatGatewayId`, `TransitGatewayId`, …
        target: String,
        /// It is in force. False: what it leads to is gone. `State`, which a plan does not know.
        active: bool,
    }
    /// A way out of a subnet, and what comes of it in the subnet that stands in for it.
    WayOut {
        /// Range of addresses, or name of a prefix list.
        destination: String,
        /// What the route leads to, as in `Route`.
        via: String,
        /// What the route leads to that is taken there to all of that. Absent: there is none. One that leads only to the
        /// internet is none for a network that the internet does not know: `10.0.0.0/8` by a transit gateway is not reached
        /// by a NAT gateway.
        there: String,
        /// There is none there, or it does not do the same. By whatever traffic leaves, it is a way all the same: a NAT
        /// gateway here, a transit gateway there. But nobody calls in where the own route leads to an internet gateway and
        /// the one there does not; and by an internet gateway only what has a public address gets out, where one leads
        /// there that does not here, and the subnet gives out none.
        missing: bool,
    }
}
