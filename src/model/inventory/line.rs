//! One line of an inventory: a resource, of which every part that was read before in the same words is kept once.

use serde::de::{DeserializeOwned, DeserializeSeed, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::model::fact::Doubted as _;
use crate::model::*;
use crate::print::{HashMap, Print};

/// How often to look before asking whether it helps.
const TRIALS: u32 = 256;

/// Distinct values that are kept of a part: what is common comes early.
const MOST: usize = 1 << 16;

/// What one thread has read of a part, by the text of it.
struct PartCache<T> {
    values: HashMap<Shared<T>>,
    asked: u32,
    found: u32,
}

impl<T> Default for PartCache<T> {
    fn default() -> Self {
        Self { values: HashMap::default(), asked: 0, found: 0 }
    }
}

impl<T: DeserializeOwned> PartCache<T> {
    fn read(&mut self, text: &RawValue) -> Result<Shared<T>, serde_json::Error> {
        let text = text.get();
        if self.asked >= TRIALS && self.found < self.asked / 4 {
            self.values = HashMap::default();
            return serde_json::from_str(text);
        }
        self.asked = self.asked.saturating_add(1);
        let print = Print::of(b'l', text.as_bytes());
        if let Some(same) = self.values.get(&print) {
            self.found = self.found.saturating_add(1);
            return Ok(same.clone());
        }
        let value: Shared<T> = serde_json::from_str(text)?;
        if self.values.len() < MOST {
            self.values.insert(print, value.clone());
        }
        Ok(value)
    }
}

/// How a part stands in a resource.
trait Slot<T> {
    /// What `null` stands for, where it may.
    fn absent() -> Option<Self>
    where
        Self: Sized;

    fn of(value: Shared<T>) -> Self;
}

impl<T> Slot<T> for Option<Shared<T>> {
    fn absent() -> Option<Self> {
        Some(None)
    }

    fn of(value: Shared<T>) -> Self {
        Some(value)
    }
}

impl<T> Slot<T> for Fact<Shared<T>> {
    fn absent() -> Option<Self> {
        Some(Self::Absent)
    }

    fn of(value: Shared<T>) -> Self {
        Self::Known(value)
    }
}

impl<T> Slot<T> for Shared<T> {
    fn absent() -> Option<Self> {
        None
    }

    fn of(value: Self) -> Self {
        value
    }
}

/// The parts of a line by their names, each in the field of the resource that is called so.
macro_rules! parts {
    (facets { $($facet:ident: $facts:ty,)* } others { $($other:ident: $type:ty,)* }) => {
        parts! { @read $($facet: $facts,)* $($other: $type,)* }

        /// Makes a fact unknown that is absent.
        fn doubt(resource: &mut Resource, facet: &str, fact: &str) {
            match facet {
                $(stringify!($facet) => {
                    if let Some(facts) = &mut resource.$facet
                        && facts.is_absent(fact)
                    {
                        facts.doubt(fact);
                    }
                })*
                _ => {}
            }
        }
    };
    (@read $($part:ident: $type:ty,)*) => {
        /// What one thread has read of all parts.
        #[derive(Default)]
        struct PartCaches {
            $($part: PartCache<$type>,)*
        }

        /// Parts that a line had already.
        #[derive(Default)]
        struct Had {
            $($part: bool,)*
        }

        impl PartCaches {
            /// Reads a part into the resource. False: it is none of them, or is there twice.
            fn read(
                &mut self,
                name: &str,
                text: &RawValue,
                had: &mut Had,
                into: &mut Resource,
            ) -> Result<bool, serde_json::Error> {
                match name {
                    $(stringify!($part) if !std::mem::replace(&mut had.$part, true) => {
                        let absent = (text.get() == "null").then(Slot::<$type>::absent).flatten();
                        into.$part = match absent {
                            Some(absent) => absent,
                            None => Slot::of(self.$part.read(text)?),
                        };
                    })*
                    _ => return Ok(false),
                }
                Ok(true)
            }
        }
    };
}

parts! {
    facets {
    status: Status,
    backup: Backup,
    replication: Replication,
    redundancy: Redundancy,
    encryption: Encryption,
    protection: Protection,
    capacity: Capacity,
    database: Database,
    global: Global,
    key: Key,
    access: Access,
    role: Role,
    plan: Plan,
    recovery_point: RecoveryPoint,
    job: Job,
    vault: Vault,
    restore_testing: RestoreTesting,
    kubernetes: Kubernetes,
    network: Network,
    firewall: Firewall,
    routing: Routing,
    traffic: Traffic,
    health_check: HealthCheck,
    certificate: Certificate,
    switch: Switch,
    dns: Dns,
    workload: Workload,
    secret: Secret,
    parameter: Parameter,
    registry: Registry,
    repository: Repository,
    log: Log,
    quota: Quota,
    quota_warning: QuotaWarning,
    switch_plan: RegionPlan,
    measurement: Measurement,
    guard_rail: GuardRail,
    machine_image: MachineImage,
    machine_types: MachineTypes,
    reservation: Reservation,
    drills: Drills,
    }
    others {
    place: Place,
    links: Vec<Link>,
    origin: Origin,
    tags: Tags,
    }
}

/// Reads lines, one after another.
pub(super) struct LineReader {
    parts: PartCaches,
    /// A resource of which nothing is known, to begin with.
    blank: Resource,
}

impl LineReader {
    pub(super) fn new() -> Self {
        let blank = Resource::new(Kind::of("terraform.resource"), "", "", Place::default());
        Self { parts: PartCaches::default(), blank }
    }

    /// Whatever is unusual in a line, or wrong with it, is left to the reader of single resources, which says it best.
    pub(super) fn read(&mut self, text: &[u8]) -> Result<Resource, serde_json::Error> {
        let mut deserializer = serde_json::Deserializer::from_slice(text);
        let read = Line(self).deserialize(&mut deserializer);
        let mut resource = match read.and_then(|resource| deserializer.end().map(|()| resource)) {
            Ok(resource) => resource,
            Err(_) => serde_json::from_slice(text)?,
        };
        doubt_nulls(&mut resource);
        Ok(resource)
    }
}

/// `null` says that there is none. Where an inventory that somebody wrote says beside it that it is not known, nobody
/// knows that there is none.
fn doubt_nulls(resource: &mut Resource) {
    let unknown = std::mem::take(&mut resource.unknown);
    for path in unknown.keys() {
        match path.split_once('.') {
            Some((facet, fact)) => doubt(resource, facet, fact),
            None if path == "tags" && resource.tags.is_absent() => resource.tags = Fact::Unknown,
            None => {}
        }
    }
    resource.unknown = unknown;
    resource.before.as_deref_mut().into_iter().for_each(doubt_nulls);
}

struct Line<'l>(&'l mut LineReader);

impl<'de> DeserializeSeed<'de> for Line<'_> {
    type Value = Resource;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Resource, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Line<'_> {
    type Value = Resource;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a resource")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Resource, A::Error> {
        let LineReader { parts, blank } = self.0;
        let (mut resource, mut had) = (blank.clone(), Had::default());
        let (mut id, mut kind, mut name, mut unknown) = (None, None, None, None);
        while let Some(key) = map.next_key::<&str>()? {
            match key {
                "id" if id.is_none() => id = Some(map.next_value()?),
                "kind" if kind.is_none() => kind = Kind::find(map.next_value::<&str>()?),
                "name" if name.is_none() => name = Some(map.next_value()?),
                "unknown" if unknown.is_none() => unknown = Some(map.next_value()?),
                _ => {
                    let text = map.next_value::<&RawValue>()?;
                    if !parts.read(key, text, &mut had, &mut resource).map_err(A::Error::custom)? {
                        return Err(A::Error::custom("not usual"));
                    }
                }
            }
        }
        let all = id.zip(kind).zip(name).ok_or_else(|| A::Error::custom("not whole"))?;
        ((resource.id, resource.kind), resource.name) = all;
        resource.unknown = unknown.unwrap_or_default();
        Ok(resource)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// What a line is read as by itself, and after itself; the same as a single resource is read.
    fn read(text: &str) -> Result<Resource, String> {
        let mut expected = serde_json::from_str::<Resource>(text).map_err(|error| error.to_string());
        expected.iter_mut().for_each(doubt_nulls);
        let mut lines = LineReader::new();
        for _ in 0..2 {
            let read = lines.read(text.as_bytes()).map_err(|error| error.to_string());
            assert_eq!(read, expected, "{text}");
        }
        expected
    }

    #[test]
    fn a_line_is_read_as_a_resource_is() {
        let whole = json!({
            "id": "a", "kind": "aws.kms.key", "name": "n", "place": {"account": "1"}, "tags": null, "status": null,
            "encryption": {"key": "k"}, "links": [{"rel": "replica-of", "to": "b"}], "origin": {"source": "t"},
            "unknown": {"tags": "denied"},
        });
        let resource = read(&whole.to_string()).unwrap();
        assert_eq!((resource.tags, resource.status, resource.links.len()), (Fact::Unknown, None, 1));
        // With a change it is told before and after, and that is read as a single resource.
        let mut changed = whole.clone();
        changed["change"] = json!({"action": "update"});
        changed["before"] = whole;
        assert_eq!(read(&changed.to_string()).unwrap().before.unwrap().id, "a");
        let odd = [
            r#"{"id":"a","kind":"aws.kms.key","name":"n","status":{},"status":{}}"#,
            r#"{"id":"a","kind":"aws.kms.key","name":"n","place":null}"#,
            r#"{"id":"a","id":"b","kind":"aws.kms.key","name":"n"}"#,
            r#"{"id":"a","kind":"aws.kms.key","name":"n","statos":{}}"#,
            r#"{"id":"a","kind":"aws.kms.kex","name":"n"}"#,
            r#"{"id":"a","kind":"aws.kms.key"}"#,
            r#"{"id":"a","kind":"aws.kms.key","name":"n","tags":{"a":1}}"#,
            r#"{"id":"a","kind":"aws.kms.key","name":"n"} x"#,
            r#"["a"]"#,
        ];
        odd.into_iter().for_each(|text| assert!(read(text).is_err(), "{text}"));
        assert_eq!(read(r#"{"id":"a","\u006bind":"aws.kms.key","name":"n"}"#).unwrap().kind.name(), "aws.kms.key");
    }

    #[test]
    fn what_is_said_to_be_unknown_is_not_known_to_be_absent() {
        let line = json!({
            "id": "a", "kind": "aws.kms.key", "name": "n", "tags": null,
            "key": {"deletion_date": null, "usage": null, "aliases": ["x"]},
            "unknown": {"key.deletion_date": "denied", "key.aliases": "there may be more", "key.none": "?", "odd": "?"},
        });
        let key = Key { usage: Fact::Absent, aliases: Fact::Known(vec!["x".to_owned()]), ..Key::default() };
        let resource = read(&line.to_string()).unwrap();
        assert_eq!((resource.key.unwrap(), resource.tags), (key.into(), Fact::Absent));
    }

    #[test]
    fn what_is_the_same_is_kept_once() {
        let mut lines = LineReader::new();
        let line = r#"{"id":"a","kind":"aws.kms.key","name":"n","status":{"state":"enabled"},"tags":{"app":"shop"}}"#;
        let [one, other] = [line, &line.replace("\"a\"", "\"b\"")].map(|line| lines.read(line.as_bytes()).unwrap());
        assert!(std::ptr::eq(&*one.status.unwrap(), &*other.status.unwrap()));
        assert!(std::ptr::eq(&**one.tags.known().unwrap(), &**other.tags.known().unwrap()));
        assert!(std::ptr::eq(&*one.links, &*other.links));
    }

    /// Each part of a resource that can be the same for many is read as one.
    #[test]
    fn no_part_is_forgotten() {
        let schema = serde_json::to_value(schemars::schema_for!(Resource)).unwrap();
        let fields = schema["properties"].as_object().unwrap().keys();
        let own = ["id", "kind", "name", "unknown", "change", "before", "joined"];
        for field in fields.filter(|field| !own.contains(&field.as_str())) {
            let (mut parts, mut had) = (PartCaches::default(), Had::default());
            let text = RawValue::from_string("null".to_owned()).unwrap();
            let mut resource = LineReader::new().blank;
            let read = parts.read(field, &text, &mut had, &mut resource);
            assert!(!matches!(read, Ok(false)), "{field}");
        }
    }
}
