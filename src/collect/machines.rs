//! What machines are started with, whether a launch template, a launch configuration or code says it.

use std::collections::BTreeSet;

use data_encoding::{BASE64_MIME_PERMISSIVE, Encoding};

use super::mentions::mentions;
use crate::model::{Capacity, Fact, LaunchImage, Mention, Rel, Resource, Shared, Workload};
use crate::providers::aws::names::parameter_of_image;

/// A version of a launch template, a launch configuration, or what overrides one of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Launch {
    /// Where it stands: `launch template web, version 3`.
    pub at: String,
    /// An id, or where the id is kept. Absent: it names none.
    pub image: Fact<String>,
    /// Types of machines, sorted. Absent: it names none, or says only what they have to have.
    pub types: Fact<Vec<String>>,
    /// Security groups, sorted. Absent: it names none.
    pub groups: Fact<Vec<String>>,
    /// Name of the instance profile that hands machines their role. Absent: it names none, and they have none.
    pub profile: Fact<String>,
    /// The role of that profile, where what names the profile tells it: it then counts in place of the profile.
    pub role: Option<String>,
    /// Keys of volumes that it names.
    pub keys: Vec<String>,
    /// As it is written there, in base64. Absent: none.
    pub user_data: Fact<String>,
    /// It is not there any more, so that nothing starts from it.
    pub is_gone: bool,
}

const ENCODING: Encoding = BASE64_MIME_PERMISSIVE;

/// Compressed user data cannot be read without a bound on what it becomes; it is left unread.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// How parts of user data say that they are packed: of a message in several parts, and of files in a cloud-config.
/// <https://cloudinit.readthedocs.io/en/latest/explanation/format.html>
const PACKED: [&str; 5] = ["base64", "b64", "gz+b64", "gzip", "gz"];

/// What is said of what a group or a template starts.
pub(crate) const SAID: [&str; 4] = ["network.security_groups", PROFILES, "workload.launch_images", "workload.mentions"];

const PROFILES: &str = "workload.instance_profiles";

/// Fills what a launch template or configuration says, as a resource.
pub(crate) fn template(launch: Launch, resource: &mut Resource, found: impl Fn(&str) -> Option<LaunchImage>) {
    resource.capacity = Some(Shared::from(Capacity { types: launch.types.clone(), ..Capacity::default() }));
    fill(&[launch], resource, found);
}

/// Fills what is started by any of these, with links to what it needs. `found` tells of an image what is known of it.
pub(crate) fn fill(launches: &[Launch], resource: &mut Resource, found: impl Fn(&str) -> Option<LaunchImage>) {
    let (mut images, mut said, mut groups, mut profiles) =
        (Vec::new(), BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut doubts: Vec<(&str, String)> = Vec::new();
    if launches.is_empty() {
        doubts.extend(SAID.map(|path| (path, "what it starts from is not known".to_owned())));
    }
    for launch in launches {
        if launch.is_gone {
            images.push(LaunchImage {
                at: launch.at.as_str().into(),
                reference: Fact::Absent,
                available: Fact::Known(false),
                ..LaunchImage::default()
            });
            continue;
        }
        match &launch.image {
            Fact::Known(reference) => {
                let mut image = found(reference).unwrap_or_default();
                (image.at, image.reference) = (launch.at.as_str().into(), Fact::Known(reference.clone()));
                let name = parameter_of_image(reference);
                let rel = if name.is_some() { Rel::ReadsSecret } else { Rel::UsesImage };
                resource.link_from(rel, Some(name.unwrap_or(reference)), Some(&launch.at));
                images.push(image);
            }
            Fact::Absent => {}
            Fact::Unknown => doubts.push(("workload.launch_images", format!("{}: its image is not known", launch.at))),
        }
        match &launch.groups {
            Fact::Known(own) => groups.extend(own.iter().cloned()),
            Fact::Absent => {}
            Fact::Unknown => {
                doubts.push(("network.security_groups", format!("{}: its security groups are not known", launch.at)));
            }
        }
        match &launch.profile {
            Fact::Known(name) => match &launch.role {
                Some(role) => resource.link_from(
                    Rel::Assumes,
                    Some(role),
                    Some(&format!("{}, instance profile {name}", launch.at)),
                ),
                None => drop(profiles.insert(name.clone())),
            },
            Fact::Absent => {}
            Fact::Unknown => doubts.push((PROFILES, format!("{}: its instance profile is not known", launch.at))),
        }
        match &launch.user_data {
            Fact::Known(encoded) => match told(encoded, &launch.at) {
                Ok(mentions) => {
                    said.extend(mentions.into_iter().map(|it| ([it.at, it.what, it.value].map(text), it.region)))
                }
                Err(reason) => doubts.push(("workload.mentions", format!("{}: {reason}", launch.at))),
            },
            Fact::Absent => {}
            Fact::Unknown => doubts.push(("workload.mentions", format!("{}: its user data is not known", launch.at))),
        }
        for key in &launch.keys {
            resource.link_from(Rel::EncryptedBy, Some(key), Some(&launch.at));
        }
    }
    for group in &groups {
        resource.link(Rel::FilteredBy, Some(group));
    }
    let is_known = |path: &str| doubts.iter().all(|(own, _)| *own != path);
    let network = resource.network.get_or_insert_default();
    // A group of its network that nobody names is the network's default group.
    network.security_groups = match groups.is_empty() {
        true if is_known("network.security_groups") => Fact::Absent,
        true => Fact::Unknown,
        false => Fact::Known(groups.into_iter().collect()),
    };
    images.sort_by(|one, other| (one.at.text(), one.reference.text()).cmp(&(other.at.text(), other.reference.text())));
    images.dedup();
    let said = said.into_iter().map(|([at, what, value], region)| Mention {
        at: Fact::Known(at),
        what: Fact::Known(what),
        value: Fact::Known(value),
        region,
    });
    // Machines have none of what is said of functions and containers.
    resource.workload = Some(Shared::from(Workload {
        images: Fact::Absent,
        logs: Fact::Absent,
        definition: Fact::Absent,
        family: Fact::Absent,
        revision: Fact::Absent,
        launch_types: Fact::Absent,
        code_hash: Fact::Absent,
        last_update: Fact::Absent,
        architectures: Fact::Absent,
        memory_mib: Fact::Absent,
        cpu_units: Fact::Absent,
        snap_start: Fact::Absent,
        mentions: match said.len() {
            0 if !is_known("workload.mentions") => Fact::Unknown,
            _ => Fact::Known(said.collect()),
        },
        instance_profiles: if profiles.is_empty() && !is_known(PROFILES) {
            Fact::Unknown
        } else {
            Fact::Known(profiles.into_iter().collect())
        },
        launch_images: if images.is_empty() && !is_known("workload.launch_images") {
            Fact::Unknown
        } else {
            Fact::Known(images)
        },
    }));
    for (path, reason) in doubts {
        resource.mark_unknown(path, reason);
    }
}

fn text(fact: Fact<String>) -> String {
    fact.into_known().unwrap_or_default()
}

/// The places that user data names. Variables are told by their names, as in an environment.
fn told(encoded: &str, at: &str) -> Result<Vec<Mention>, &'static str> {
    let bytes = ENCODING.decode(encoded.as_bytes()).map_err(|_| "its user data is not in base64")?;
    if bytes.starts_with(&GZIP) {
        return Err("its user data is compressed");
    }
    let all = String::from_utf8_lossy(&bytes);
    if all.lines().any(is_packed) {
        return Err("a part of its user data is packed");
    }
    let mut found = Vec::new();
    for line in all.lines() {
        let name = line.trim_start().trim_start_matches("export ").split_once('=').map(|(name, _)| name.trim());
        let is_name = |name: &&str| !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_');
        match name.filter(is_name) {
            Some(name) => {
                let value = line.split_once('=').map_or("", |(_, value)| value).trim().trim_matches(['"', '\'']);
                found.extend(mentions(value, &format!("{at}, user data {name}")));
            }
            None => found.extend(mentions(line, &format!("{at}, user data"))),
        }
    }
    Ok(found)
}

/// `Content-Transfer-Encoding: base64`, `encoding: gz+b64`
fn is_packed(line: &str) -> bool {
    let line = line.trim().trim_start_matches("- ").to_lowercase();
    let Some((name, how)) = line.split_once(':') else { return false };
    name.ends_with("encoding") && PACKED.contains(&how.trim().trim_matches(['"', '\'']))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::{Kind, Place};

    fn group() -> Resource {
        Resource::new(Kind::of("aws.autoscaling.group"), "g", "g", Place::new("111122223333", "us-east-1"))
    }

    #[test]
    fn of_user_data_only_places_are_kept() {
        let script = "#!/bin/sh\nexport DB_HOST=\"db.shop.internal\"\nPASSWORD=hunter2.hunter2\n\
            aws s3 cp s3://b/x . --region us-east-1\ncurl https://user:pw@api.shop.example.com/x?token=1\n";
        let launch = Launch {
            at: "launch template web, version 3".to_owned(),
            image: Fact::Known("ami-1".to_owned()),
            types: Fact::Absent,
            groups: Fact::Known(vec!["sg-1".to_owned()]),
            profile: Fact::Known("web".to_owned()),
            role: None,
            keys: vec!["alias/disk".to_owned()],
            user_data: Fact::Known(ENCODING.encode(script.as_bytes())),
            is_gone: false,
        };
        let mut resource = group();
        fill(std::slice::from_ref(&launch), &mut resource, |_| None);
        let at = "launch template web, version 3";
        let expected = json!({
            "id": "g", "kind": "aws.autoscaling.group", "name": "g",
            "place": {"account": "111122223333", "region": "us-east-1"},
            "network": {"security_groups": ["sg-1"]},
            "workload": {
                "architectures": null, "code_hash": null, "definition": null, "family": null, "images": null,
                "instance_profiles": ["web"], "last_update": null, "launch_types": null, "logs": null, "memory_mib": null, "cpu_units": null, "revision": null,
                "snap_start": null, "launch_images": [{"at": at, "reference": "ami-1"}],
                "mentions": [
                    {"at": format!("{at}, user data"), "what": "host", "value": "api.shop.example.com", "region": null},
                    {"at": format!("{at}, user data"), "what": "region", "value": "us-east-1", "region": "us-east-1"},
                    {
                        "at": format!("{at}, user data DB_HOST"), "what": "host", "value": "db.shop.internal",
                        "region": null,
                    },
                ],
            },
            "links": [
                {"rel": "uses-image", "to": "ami-1", "at": at},
                {"rel": "encrypted-by", "to": "alias/disk", "at": at},
                {"rel": "filtered-by", "to": "sg-1"},
            ],
            "origin": {"source": ""},
        });
        assert_eq!(serde_json::to_value(resource).unwrap(), expected);
    }

    #[test]
    fn what_cannot_be_read_is_unknown_and_says_why() {
        let launch = |user_data: Fact<String>, image: Fact<String>| Launch {
            at: "launch configuration web".to_owned(),
            image,
            groups: Fact::Unknown,
            user_data,
            ..Launch::default()
        };
        for (user_data, reason) in [
            (Fact::Unknown, "its user data is not known"),
            (Fact::Known("not base64!".to_owned()), "its user data is not in base64"),
            (Fact::Known(ENCODING.encode(&[0x1f, 0x8b, 8, 0])), "its user data is compressed"),
            (
                Fact::Known(ENCODING.encode(b"Content-Transfer-Encoding: base64\n\nREJfSE9TVD1kYg==\n")),
                "a part of its user data is packed",
            ),
            (
                Fact::Known(ENCODING.encode(b"#cloud-config\nwrite_files:\n- encoding: 'gz+b64'\n  content: H4sI\n")),
                "a part of its user data is packed",
            ),
        ] {
            let mut resource = group();
            fill(&[launch(user_data, Fact::Unknown)], &mut resource, |_| None);
            let expected = json!({
                "network.security_groups": "launch configuration web: its security groups are not known",
                "workload.instance_profiles": "launch configuration web: its instance profile is not known",
                "workload.launch_images": "launch configuration web: its image is not known",
                "workload.mentions": format!("launch configuration web: {reason}"),
            });
            assert_eq!(serde_json::to_value(&resource.unknown).unwrap(), expected);
        }
    }

    #[test]
    fn an_image_that_is_looked_up_leads_to_its_parameter() {
        for reference in ["resolve:ssm:/images/web", "resolve:ssm:/images/web:3"] {
            let launch = Launch { image: Fact::Known(reference.to_owned()), ..Launch::default() };
            let mut resource = group();
            fill(&[launch], &mut resource, |_| None);
            let links: Vec<_> = resource.links.iter().map(|link| (link.rel, link.to.as_str())).collect();
            assert_eq!(links, [(Rel::ReadsSecret, "/images/web")], "{reference}");
        }
    }

    #[test]
    fn nothing_is_known_of_a_group_that_does_not_say_what_it_starts_from() {
        let mut resource = group();
        fill(&[], &mut resource, |_| None);
        let facts = serde_json::to_value(&resource).unwrap();
        let why = "what it starts from is not known";
        assert_eq!(
            json!([
                facts["network"],
                facts["workload"]["launch_images"],
                facts["workload"]["mentions"],
                facts["unknown"]
            ]),
            json!([{}, null, null, {
                "network.security_groups": why, "workload.instance_profiles": why, "workload.launch_images": why,
                "workload.mentions": why,
            }])
        );
        assert!(facts["workload"].get("mentions").is_none(), "absent would be known");
    }

    #[test]
    fn a_profile_whose_role_is_told_leads_to_the_role() {
        let launch = |profile: &str, role: Option<&str>| Launch {
            at: "launch template web".to_owned(),
            profile: Fact::Known(profile.to_owned()),
            role: role.map(str::to_owned),
            ..Launch::default()
        };
        let mut resource = group();
        fill(&[launch("web", Some("app")), launch("batch", None), launch("batch", None)], &mut resource, |_| None);
        let links: Vec<_> =
            resource.links.iter().map(|link| (link.rel, link.to.as_str(), link.at.as_deref())).collect();
        assert_eq!(links, [(Rel::Assumes, "app", Some("launch template web, instance profile web"))]);
        assert_eq!(
            resource.workload.as_ref().map(|it| it.instance_profiles.clone()),
            Some(vec!["batch".to_owned()].into())
        );
    }

    #[test]
    fn what_is_gone_starts_nothing() {
        let gone = Launch { at: "launch template lt-1, version 3".to_owned(), is_gone: true, ..Launch::default() };
        let mut resource = group();
        fill(&[gone], &mut resource, |_| None);
        let expected = json!([
            [{"at": "launch template lt-1, version 3", "reference": null, "available": false}], [], {},
        ]);
        let facts = serde_json::to_value(&resource).unwrap();
        let unknown = facts.get("unknown").cloned().unwrap_or_else(|| json!({}));
        assert_eq!(json!([facts["workload"]["launch_images"], facts["workload"]["mentions"], unknown]), expected);
    }
}
