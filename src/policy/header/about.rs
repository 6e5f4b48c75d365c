//! What a policy is about: `for: [database, {facet: kubernetes}]`, and `except: [aws.rds.cluster]`.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::model::{Class, KINDS, Kind};
use crate::text::{did_you_mean, nearest};

/// One of the words in `for` and `except`. It stands for the kinds that it holds of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    /// Whatever holds data that would be lost.
    Stateful,
    /// Whatever runs something.
    Compute,
    Class(Class),
    /// Whatever can have that facet of the model.
    Facet(&'static str),
    Kind(Kind),
}

const STATEFUL: &str = "stateful";
const COMPUTE: &str = "compute";

/// Classes that a policy can be about. A plan as a whole is named by its kind.
fn classes() -> impl Iterator<Item = Class> {
    Class::ALL.iter().copied().filter(|class| *class != Class::Code)
}

fn facets() -> impl Iterator<Item = &'static str> {
    classes().flat_map(|class| class.facets().iter().copied())
}

impl Word {
    fn read(text: &str) -> Result<Self, String> {
        if let Some(word) = Self::find(text) {
            return Ok(word);
        }
        if text.contains('.') {
            let hint = did_you_mean(text, KINDS.iter().map(|info| info.name));
            return Err(format!("unknown kind '{text}'{hint}"));
        }
        if facets().any(|facet| facet == text) {
            return Err(format!("'{text}' is a facet and no class: write '{{facet: {text}}}'"));
        }
        let words = || [STATEFUL, COMPUTE].into_iter().chain(classes().map(Class::word));
        Err(match nearest(text, words()) {
            Some(near) => format!("unknown class '{text}' (did you mean '{near}'?)"),
            None => format!("unknown class '{text}': expected one of {}", words().collect::<Vec<_>>().join(", ")),
        })
    }

    fn find(text: &str) -> Option<Self> {
        match text {
            STATEFUL => Some(Self::Stateful),
            COMPUTE => Some(Self::Compute),
            _ => match classes().find(|class| class.word() == text) {
                Some(class) => Some(Self::Class(class)),
                None => Kind::find(text).map(Self::Kind),
            },
        }
    }

    fn read_facet(text: &str) -> Result<Self, String> {
        let hint = || did_you_mean(text, facets());
        let facet = facets().find(|facet| *facet == text);
        facet.map(Self::Facet).ok_or_else(|| format!("unknown facet '{text}'{}", hint()))
    }

    /// Whether the word stands for the kind.
    fn holds(self, kind: Kind) -> bool {
        let info = kind.info();
        match self {
            Self::Stateful => info.is_stateful(),
            Self::Compute => info.is_compute(),
            Self::Class(class) => info.class == class,
            Self::Facet(facet) => info.class.facets().contains(&facet),
            Self::Kind(one) => one == kind,
        }
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stateful => f.write_str(STATEFUL),
            Self::Compute => f.write_str(COMPUTE),
            Self::Class(class) => f.write_str(class.word()),
            Self::Facet(facet) => write!(f, "{{facet: {facet}}}"),
            Self::Kind(kind) => f.write_str(kind.name()),
        }
    }
}

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Word;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a class, a kind, or a facet as in '{facet: backup}'")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Word, E> {
                Word::read(text).map_err(E::custom)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Word, A::Error> {
                match (map.next_entry::<String, String>()?, map.next_entry::<String, String>()?) {
                    (Some((key, facet)), None) if key == "facet" => Word::read_facet(&facet).map_err(de::Error::custom),
                    _ => Err(de::Error::custom("expected one facet, as in '{facet: backup}'")),
                }
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

/// Reads a list. The error for something else says how one is written.
pub(super) fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<Vec<T>>, D::Error> {
    struct Reader<T>(PhantomData<T>);
    impl<'de, T: Deserialize<'de>> Visitor<'de> for Reader<T> {
        type Value = Option<Vec<T>>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list, as in '[database]' or '[aws.rds.instance]'")
        }

        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(None)
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
            let mut all = Vec::new();
            while let Some(item) = items.next_element()? {
                all.push(item);
            }
            Ok(Some(all))
        }
    }
    deserializer.deserialize_any(Reader(PhantomData))
}

/// The kinds that the words of `for` stand for without those of `except`, in the order of [`KINDS`]. The error says what
/// is wrong with `except`.
pub(super) fn kinds(about: &[Word], except: &[Word]) -> Result<Vec<Kind>, String> {
    let meant = |words: &[Word], kind: &Kind| words.iter().any(|word| word.holds(*kind));
    let all: Vec<Kind> = Kind::all().filter(|kind| meant(about, kind)).collect();
    if let Some(idle) = except.iter().find(|word| !all.iter().any(|kind| word.holds(*kind))) {
        return Err(format!("'except' leaves out '{idle}', which 'for' does not name"));
    }
    let left: Vec<Kind> = all.into_iter().filter(|kind| !meant(except, kind)).collect();
    match left.is_empty() {
        true => Err("'except' leaves out all that 'for' names, so the policy would never be asked".to_owned()),
        false => Ok(left),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::Header;
    use crate::policy::schema::Schema;

    /// The kinds that a header with these lines is about, or the error.
    fn about(lines: &str) -> Result<Vec<String>, String> {
        let lines: String = lines.lines().map(|line| format!("#   {line}\n")).collect();
        // The description has the words in it, and is no place where a mistake can be.
        let text = format!(
            "# METADATA\n# title: T\n# description: \"all databse, except: none\"\n# custom:\n#   id: a-b\n#   severity: low\n{lines}package x\n"
        );
        match Header::read("p.rego", &text) {
            Ok(header) => Ok(header.unwrap().custom.kinds.iter().map(ToString::to_string).collect()),
            Err(error) => Err(error.to_string()),
        }
    }

    #[test]
    fn classes_facets_and_kinds_stand_for_kinds() {
        assert_eq!(
            about("for: [cache, aws.s3.bucket]\nexcept: [aws.elasticache.cluster]").unwrap(),
            ["aws.elasticache.replication-group", "aws.elasticache.serverless-cache", "aws.s3.bucket"]
        );
        assert_eq!(
            about("for: [stateful]\nexcept:\n  - cache\n  - database").unwrap(),
            ["aws.dynamodb.table", "aws.ec2.volume", "aws.efs.filesystem", "aws.fsx.filesystem", "aws.s3.bucket"]
        );
        let compute = [
            "aws.autoscaling.group",
            "aws.ecs.service",
            "aws.eks.cluster",
            "aws.eks.fargate-profile",
            "aws.eks.node-group",
            "aws.lambda.function",
        ];
        assert_eq!(about("for: [compute]").unwrap(), compute);
        assert_eq!(
            about("for:\n  - facet: kubernetes\n  - backup-plan").unwrap(),
            [
                "aws.backup.plan",
                "aws.dlm.policy",
                "aws.eks.access-entry",
                "aws.eks.add-on",
                "aws.eks.cluster",
                "aws.eks.fargate-profile",
                "aws.eks.node-group"
            ]
        );
        assert_eq!(
            about("for: [{facet: kubernetes}]\nexcept: [{facet: capacity}]").unwrap(),
            ["aws.eks.access-entry", "aws.eks.add-on", "aws.eks.cluster"]
        );
    }

    #[test]
    fn every_facet_of_the_model_is_one_of_a_class() {
        let schema = Schema::of_resource();
        let is_facet = |name: &str| {
            let node = schema.child(0, name).and_then(|node| schema.nodes.get(node));
            node.is_some_and(|node| node.fact && !node.children.is_empty())
        };
        let others = ["before", "change", "joined"];
        let names = schema.nodes[0].children.keys().map(String::as_str);
        let of_the_model: BTreeSet<_> = names.filter(|name| is_facet(name) && !others.contains(name)).collect();
        assert_eq!(super::facets().collect::<BTreeSet<_>>(), of_the_model);
    }

    #[test]
    fn kinds_that_are_listed_keep_their_order() {
        assert_eq!(about("kinds: [aws.rds.instance, aws.kms.key]").unwrap(), ["aws.rds.instance", "aws.kms.key"]);
        assert_eq!(about("for: [terraform.plan]").unwrap(), ["terraform.plan"]);
    }

    const MISSING: &str = "p.rego:4: 'for' is missing: what the policy is about, as in 'for: [database]'";

    #[test]
    fn mistakes_name_the_line_and_what_was_meant() {
        for (lines, error) in [
            ("for: [databse]", "p.rego:7: unknown class 'databse' (did you mean 'database'?)"),
            ("for:\n  - database\n  - cachee", "p.rego:9: unknown class 'cachee' (did you mean 'cache'?)"),
            (
                "for: [database]\nexcept: [aws.rds.clutser]",
                "p.rego:8: unknown kind 'aws.rds.clutser' (did you mean 'aws.rds.cluster'?)",
            ),
            ("for: [{facet: bakcup}]", "p.rego:7: unknown facet 'bakcup' (did you mean 'backup'?)"),
            ("for: [backup]", "p.rego:7: 'backup' is a facet and no class: write '{facet: backup}'"),
            ("for: [{class: cache}]", "p.rego:7: expected one facet, as in '{facet: backup}'"),
            (
                "for: [7]",
                "p.rego:7: invalid type: integer `7`, expected a class, a kind, or a facet as in '{facet: backup}'",
            ),
            (
                "for: database",
                "p.rego:7: invalid type: string \"database\", expected a list, as in '[database]' or '[aws.rds.instance]'",
            ),
            ("for:", MISSING),
            ("for: []", "p.rego:7: 'for' is empty, so the policy would never be asked"),
            ("kinds: []", "p.rego:7: 'kinds' is empty, so the policy would never be asked"),
            ("waivable: false", MISSING),
            (
                "for: [cache]\nkinds: [aws.kms.key]",
                "p.rego:8: 'for' and 'kinds' exclude each other: name the kinds in 'for'",
            ),
            (
                "kinds: [aws.kms.key]\nexcept: [key]",
                "p.rego:8: 'except' belongs to 'for': leave the kind out of 'kinds'",
            ),
            ("for: [cache]\nexcept: [bucket]", "p.rego:8: 'except' leaves out 'bucket', which 'for' does not name"),
            (
                "for: [key]\nexcept: [aws.kms.key]",
                "p.rego:8: 'except' leaves out all that 'for' names, so the policy would never be asked",
            ),
            (
                "for: [database, terraform.plan]",
                "p.rego:7: 'terraform.plan' cannot stand here: a policy about plans has 'kinds: [terraform.plan]'",
            ),
        ] {
            assert_eq!(about(lines).unwrap_err(), error, "{lines}");
        }
        let words: Vec<&str> =
            ["stateful", "compute"].into_iter().chain(super::classes().map(super::Class::word)).collect();
        let error = format!("p.rego:7: unknown class 'code': expected one of {}", words.join(", "));
        assert_eq!(about("for: [code]").unwrap_err(), error);
    }
}
