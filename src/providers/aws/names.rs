//! Names of AWS: what an ARN, a region or a zone says by itself, in every partition.
//!
//! The SDK has a list of regions, but only inside its generated crates, and the offline build has no SDK.

/// `arn:partition:service:region:account:resource`. Region and account may be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Arn<'a> {
    pub partition: &'a str,
    pub service: &'a str,
    pub region: &'a str,
    pub account: &'a str,
    /// What follows the account, its own colons and slashes included: `db:orders`, `role/app`.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// `None` for whatever is not an ARN: a bare id, an alias, `*`.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.splitn(6, ':');
        if parts.next()? != "arn" {
            return None;
        }
        Some(Self {
            partition: parts.next()?,
            service: parts.next()?,
            region: parts.next()?,
            account: parts.next()?,
            resource: parts.next()?,
        })
    }
    /// `None` for what lives once an account.
    pub(crate) fn known_region(&self) -> Option<&'a str> {
        Some(self.region).filter(|region| !region.is_empty())
    }

    /// `None` where the ARN leaves it out, as those of buckets do.
    pub(crate) fn known_account(&self) -> Option<&'a str> {
        Some(self.account).filter(|account| !account.is_empty())
    }
}

/// The region that an id names, if it is an ARN with one.
pub(crate) fn region_of(id: &str) -> Option<&str> {
    Arn::parse(id)?.known_region()
}

/// What stands behind the last `/` or `:`: the bare id that people and APIs use.
pub(crate) fn tail(id: &str) -> &str {
    id.rsplit(['/', ':']).next().unwrap_or(id)
}

/// A role that its service makes wherever it is needed.
pub(crate) fn is_service_linked(arn: &str) -> bool {
    arn.contains(":role/aws-service-role/")
}

/// The ARN of the same thing in another region: what multi-Region keys, secrets and global tables have.
pub(crate) fn in_region(id: &str, region: &str) -> Option<String> {
    let Arn { partition, service, account, resource, .. } = Arn::parse(id).filter(|arn| !arn.region.is_empty())?;
    Some(format!("arn:{partition}:{service}:{region}:{account}:{resource}"))
}

/// A set of regions that share accounts. Nothing is copied or replicated from one to another.
struct Partition {
    name: &'static str,
    /// How the names of its regions begin. Empty: as those of no other.
    prefix: &'static str,
    /// What the hosts of its services end with.
    suffix: &'static str,
    /// Those that every account has. They cannot be switched off.
    always: &'static [&'static str],
    /// Those that an account enables by choice; coverage names those that it has.
    by_choice: &'static [&'static str],
}

const PARTITIONS: &[Partition] = &[
    Partition {
        name: "aws-cn",
        prefix: "cn-",
        suffix: "amazonaws.com.cn",
        always: &["cn-north-1", "cn-northwest-1"],
        by_choice: &[],
    },
    Partition {
        name: "aws-us-gov",
        prefix: "us-gov-",
        suffix: "amazonaws.com",
        always: &["us-gov-east-1", "us-gov-west-1"],
        by_choice: &[],
    },
    Partition {
        name: "aws-iso",
        prefix: "us-iso-",
        suffix: "c2s.ic.gov",
        always: &["us-iso-east-1", "us-iso-west-1"],
        by_choice: &[],
    },
    Partition {
        name: "aws-iso-b",
        prefix: "us-isob-",
        suffix: "sc2s.sgov.gov",
        always: &["us-isob-east-1", "us-isob-west-1"],
        by_choice: &[],
    },
    Partition {
        name: "aws-iso-e",
        prefix: "eu-isoe-",
        suffix: "cloud.adc-e.uk",
        always: &["eu-isoe-west-1"],
        by_choice: &[],
    },
    Partition {
        name: "aws-iso-f",
        prefix: "us-isof-",
        suffix: "csp.hci.ic.gov",
        always: &["us-isof-east-1", "us-isof-south-1"],
        by_choice: &[],
    },
    Partition {
        name: "aws-eusc",
        prefix: "eusc-",
        suffix: "amazonaws.eu",
        always: &["eusc-de-east-1"],
        by_choice: &[],
    },
    // Regions made since 2019 are enabled by choice.
    Partition {
        name: "aws",
        prefix: "",
        suffix: "amazonaws.com",
        always: &[
            "ap-northeast-1",
            "ap-northeast-2",
            "ap-northeast-3",
            "ap-south-1",
            "ap-southeast-1",
            "ap-southeast-2",
            "ca-central-1",
            "eu-central-1",
            "eu-north-1",
            "eu-west-1",
            "eu-west-2",
            "eu-west-3",
            "sa-east-1",
            "us-east-1",
            "us-east-2",
            "us-west-1",
            "us-west-2",
        ],
        by_choice: &[
            "af-south-1",
            "ap-east-1",
            "ap-east-2",
            "ap-south-2",
            "ap-southeast-3",
            "ap-southeast-4",
            "ap-southeast-5",
            "ap-southeast-6",
            "ap-southeast-7",
            "ca-west-1",
            "eu-central-2",
            "eu-south-1",
            "eu-south-2",
            "il-central-1",
            "me-central-1",
            "me-south-1",
            "mx-central-1",
        ],
    },
];

fn of_region(region: &str) -> Option<&'static Partition> {
    PARTITIONS.iter().find(|partition| region.starts_with(partition.prefix))
}

/// The partition of a region, known or new, for ARNs that have to be put together.
pub(crate) fn partition(region: &str) -> &'static str {
    of_region(region).map_or("aws", |partition| partition.name)
}

/// The one region in which a global service is changed, where that is known: it answers everywhere, but nothing of it can be made
/// or changed while that region is down. By the ARN of what it keeps.
/// <https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/global-services.html>
pub(crate) fn control_plane(service: &str, id: &str) -> Option<&'static str> {
    let partition = Arn::parse(id).map_or("aws", |arn| arn.partition);
    match (partition, service) {
        ("aws", "iam" | "organizations" | "route53" | "cloudfront") => Some("us-east-1"),
        ("aws", "globalaccelerator") => Some("us-west-2"),
        ("aws-us-gov", "iam" | "organizations" | "route53") => Some("us-gov-west-1"),
        _ => None,
    }
}

/// The partition of a region that this release knows.
pub(crate) fn known_partition(region: &str) -> Option<&'static str> {
    of_region(region)
        .filter(|of| of.always.contains(&region) || of.by_choice.contains(&region))
        .map(|partition| partition.name)
}

/// Every region that this release knows.
pub(crate) fn known_regions() -> impl Iterator<Item = &'static str> {
    PARTITIONS.iter().flat_map(|partition| partition.always.iter().chain(partition.by_choice)).copied()
}

/// The regions that every account of a resource's partition has, by its region; without one, by its ARN. A search
/// through all of an account must have seen them.
pub(crate) fn always_enabled(region: Option<&str>, id: &str) -> &'static [&'static str] {
    let by_arn = || Arn::parse(id).and_then(|arn| PARTITIONS.iter().find(|of| of.name == arn.partition));
    let own = region.map_or_else(by_arn, of_region);
    own.or_else(|| of_region("")).map_or(&[], |partition| partition.always)
}

/// `us-east-1`, `us-gov-west-1`: the shape of a region's name.
pub(crate) fn is_region(text: &str) -> bool {
    let Some((words, number)) = text.rsplit_once('-') else { return false };
    let is_word = |word: &str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    words.contains('-')
        && words.split('-').all(is_word)
        && !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// `use1` of `us-east-1`, as zone ids begin and hosts of caches say it.
pub(crate) fn short(region: &str) -> String {
    let mut words = region.split('-');
    let mut text = words.next().unwrap_or_default().to_owned();
    for word in words {
        let directions = [("north", 'n'), ("south", 's'), ("east", 'e'), ("west", 'w'), ("central", 'c'), ("gov", 'g')];
        let mut rest = word;
        while let Some((direction, letter)) = directions.iter().find(|(direction, _)| rest.starts_with(direction)) {
            text.push(*letter);
            rest = &rest[direction.len()..];
        }
        text.push_str(rest);
    }
    text
}

/// The region of an availability zone: `us-east-1` of `us-east-1a`. Local zones are not taken apart.
pub(crate) fn region_of_zone(zone: &str) -> Option<&str> {
    let region = zone.strip_suffix(|last: char| last.is_ascii_lowercase())?;
    // A local zone has its city behind the region's number, so it has not the shape of one: `us-east-1-bos-1a`.
    is_region(region).then_some(region)
}

/// The first words of the host of a service, and what the partition's hosts end with: `rds.us-east-1` of
/// `rds.us-east-1.amazonaws.com`.
pub(crate) fn service_of_host(host: &str) -> Option<&str> {
    PARTITIONS.iter().find_map(|partition| host.strip_suffix(partition.suffix)?.strip_suffix('.'))
}

/// The host of something that a service has in a region: `abc.execute-api.us-east-1.amazonaws.com`.
pub(crate) fn host_in(name: &str, region: &str) -> String {
    let suffix = of_region(region).map_or("amazonaws.com", |partition| partition.suffix);
    format!("{name}.{region}.{suffix}")
}

/// The region in a label of the host of a bucket: `s3-us-west-2`, `s3-website-us-east-1`.
fn of_bucket(label: &str) -> Option<&str> {
    label.strip_prefix("s3-website-").or_else(|| label.strip_prefix("s3-"))
}

/// The region in a host name of the provider: a label of it, a part of one (`s3-us-west-2`), or its short form, which
/// caches have.
pub(crate) fn region_of_host(host: &str) -> Option<&'static str> {
    let labels: Vec<&str> = host.split('.').collect();
    let is_in = |region: &str| labels.iter().any(|label| *label == region || of_bucket(label) == Some(region));
    let short = |region: &str| labels.contains(&"cache") && labels.contains(&short(region).as_str());
    known_regions().find(|region| is_in(region)).or_else(|| known_regions().find(|region| short(region)))
}

/// The same, of a host of the provider only: `us-east-1.example.com` may be anywhere.
pub(crate) fn region_of_own_host(host: &str) -> Option<&'static str> {
    let is_own = service_of_host(host).is_some() || host.ends_with(".aws");
    region_of_host(host).filter(|_| is_own)
}

/// The bucket that a host is the endpoint or the website of: `pictures` of `pictures.s3.us-east-1.amazonaws.com`.
pub(crate) fn bucket_of_host(host: &str) -> Option<&str> {
    let (at, _) = host.match_indices(".s3").find(|(at, word)| host[at + word.len()..].starts_with(['.', '-']))?;
    service_of_host(host).map(|_| &host[..at])
}

/// A name that CloudFront or Global Accelerator gives, all over the world: `d1.cloudfront.net`.
pub(crate) fn is_host_of_edge(host: &str) -> bool {
    [".awsglobalaccelerator.com", ".cloudfront.net"].iter().any(|suffix| host.ends_with(suffix))
}

/// A host name as it is compared: in small letters and without the dot at its end.
pub(crate) fn host(text: &str) -> String {
    text.trim_end_matches('.').to_lowercase()
}

/// What a host name means, whatever addresses it asks for: load balancers answer to their name with `dualstack.` in
/// front, too.
pub(crate) fn bare_host(host: &str) -> &str {
    host.strip_prefix("dualstack.").unwrap_or(host)
}

/// Whether a parameter or option group is the provider's own, by its name: `default.postgres16`, `default:mysql-8-0`, and
/// `default` where only that is known. Nobody can make one that is called so.
pub(crate) fn is_group_of_provider(name: &str) -> bool {
    name.strip_prefix("default").is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', ':']))
}

/// The parameter that holds the id of an image which is looked up when a machine starts: `resolve:ssm:NAME`, with a version or
/// a label behind it.
/// <https://docs.aws.amazon.com/autoscaling/ec2/userguide/using-systems-manager-parameters.html>
pub(crate) fn parameter_of_image(reference: &str) -> Option<&str> {
    reference.strip_prefix("resolve:ssm:")?.split(':').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_is_taken_apart_and_a_bare_id_is_none() {
        let found = Arn::parse("arn:aws-cn:rds:cn-north-1:123456789012:cluster:orders").unwrap();
        let expected = Arn {
            partition: "aws-cn",
            service: "rds",
            region: "cn-north-1",
            account: "123456789012",
            resource: "cluster:orders",
        };
        assert_eq!(found, expected);
        for text in ["orders", "*", "arn:aws:rds", "alias/orders", "", "aws_db_instance.orders"] {
            assert_eq!(Arn::parse(text), None, "{text}");
        }
    }

    #[test]
    fn arns_are_moved() {
        let key = "arn:aws:kms:us-east-1:111122223333:key/mrk-1";
        let parsed = Arn::parse(key).map(|arn| (arn.known_region(), arn.known_account(), arn.resource));
        assert_eq!(parsed, Some((Some("us-east-1"), Some("111122223333"), "key/mrk-1")));
        assert_eq!(in_region(key, "us-west-2").as_deref(), Some("arn:aws:kms:us-west-2:111122223333:key/mrk-1"));
        assert_eq!(tail(key), "mrk-1");
        assert_eq!(tail("arn:aws:rds:us-east-1:111122223333:db:orders"), "orders");
        let bucket = Arn::parse("arn:aws:s3:::logs").map(|arn| (arn.known_region(), arn.known_account(), arn.resource));
        assert_eq!(bucket, Some((None, None, "logs")));
        assert_eq!(in_region("arn:aws:s3:::logs", "us-west-2"), None);
        assert_eq!(region_of("arn:aws:s3:::logs"), None);
    }

    #[test]
    fn every_known_region_has_the_shape_of_one_stands_here_once_and_tells_its_partition() {
        let all: Vec<_> = known_regions().collect();
        let wrong = |name: &&&str| !is_region(name) || all.iter().filter(|other| other == name).count() > 1;
        assert_eq!(all.iter().filter(wrong).collect::<Vec<_>>(), Vec::<&&str>::new());
        for of in PARTITIONS {
            for region in of.always.iter().chain(of.by_choice) {
                assert_eq!((partition(region), known_partition(region)), (of.name, Some(of.name)), "{region}");
                assert_eq!(always_enabled(Some(region), ""), of.always, "{region}");
                let zone = format!("{region}a");
                assert_eq!(region_of_zone(&zone), Some(*region));
            }
            assert_eq!(always_enabled(None, &format!("arn:{}:iam::111122223333:role/app", of.name)), of.always);
        }
        assert_eq!((partition("us-east-9"), known_partition("us-east-9")), ("aws", None));
        assert_eq!(partition("eusc-fr-west-1"), "aws-eusc");
    }

    #[test]
    fn the_host_of_a_service_is_one_in_every_partition() {
        let hosts =
            ["rds.us-east-1.amazonaws.com", "rds.cn-north-1.amazonaws.com.cn", "rds.eusc-de-east-1.amazonaws.eu"];
        let found = hosts.map(service_of_host);
        assert_eq!(found, [Some("rds.us-east-1"), Some("rds.cn-north-1"), Some("rds.eusc-de-east-1")]);
        assert_eq!(service_of_host("rds.us-east-1.example.com"), None);
    }

    #[test]
    fn the_region_and_the_bucket_of_an_origin_are_in_its_host() {
        let cases = [
            ("pictures.s3.us-east-1.amazonaws.com", Some("us-east-1"), Some("pictures")),
            ("pictures.s3-us-west-2.amazonaws.com", Some("us-west-2"), Some("pictures")),
            ("shop.example.com.s3-website-us-east-1.amazonaws.com", Some("us-east-1"), Some("shop.example.com")),
            ("pictures.s3-website.eu-central-1.amazonaws.com", Some("eu-central-1"), Some("pictures")),
            ("pictures.s3.amazonaws.com", None, Some("pictures")),
            ("a.lambda-url.us-east-1.on.aws", Some("us-east-1"), None),
            ("a.execute-api.us-east-1.amazonaws.com", Some("us-east-1"), None),
            ("us-east-1.example.com", None, None),
            ("a.s3.example.com", None, None),
        ];
        for (host, region, bucket) in cases {
            assert_eq!((region_of_own_host(host), bucket_of_host(host)), (region, bucket), "{host}");
        }
        assert_eq!(["d1.cloudfront.net", "cloudfront.net.example.com"].map(is_host_of_edge), [true, false]);
    }
}
