//! Repositories of images, and the replication of the registry. What is in a repository, no code knows.

use std::collections::BTreeSet;

use super::kms;
use super::provider::TYPE;
use crate::collect::terraform::attrs::{Attrs, State};
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps, Service};
use crate::model::{Encryption, Fact, Protection, Registry, RegistryRule, Rel, Repository, Resource, Shared, Tags};

const TYPES: &[Mapping] = &[
    Mapping {
        of: Type {
            name: "aws_ecr_replication_configuration",
            kind: Some("aws.ecr.registry"),
            global_id: "",
            names: &[],
            facts: &[("registry.rules", "replication_configuration")],
            reads: &[
                "replication_configuration.rule.destination.region",
                "replication_configuration.rule.destination.registry_id",
                "replication_configuration.rule.repository_filter.filter",
            ],
            ..TYPE
        },
        maps: Maps::Resource(registry),
    },
    Mapping {
        of: Type {
            name: "aws_ecr_repository",
            kind: Some("aws.ecr.repository"),
            global_id: "arn",
            names: &["name"],
            facts: &[
                ("encryption.key", "encryption_configuration.kms_key"),
                ("protection.force_destroy", "force_delete"),
                ("repository.tags_mutable", "image_tag_mutability"),
            ],
            reads: &["encryption_configuration.encryption_type"],
            ..TYPE
        },
        maps: Maps::Resource(repository),
    },
];

pub(super) const SERVICE: Service = Service { types: &[TYPES], parts: &[], finishers: &[], comparers: &[] };

fn registry(attrs: &Attrs<'_>, resource: &mut Resource) {
    // An account has one in a region, under the name that a live collection gives it.
    if let (Some(account), Some(region)) = (resource.place.account.text(), resource.place.region.text()) {
        resource.id = format!("registry/{account}/{region}");
    }
    "registry".clone_into(&mut resource.name);
    resource.tags = Fact::Known(Tags::new().into());
    let rules = match attrs.block_if_set("replication_configuration") {
        Fact::Known(configuration) => rules(&configuration),
        Fact::Absent => Some(Vec::new()),
        Fact::Unknown => None,
    };
    resource.registry = Some(Shared::from(Registry { rules: Fact::from_known(rules) }));
}

/// The destinations of all rules. `None`: how many there are is not known.
fn rules(configuration: &Attrs<'_>) -> Option<Vec<RegistryRule>> {
    let mut found = Vec::new();
    for rule in listed(configuration.blocks_if_set("rule"))? {
        let prefixes = match rule.blocks_if_set("repository_filter") {
            Fact::Known(filters) => {
                let all: Option<BTreeSet<String>> =
                    filters.iter().map(|filter| filter.text("filter").into_known()).collect();
                Fact::from_known(all.map(|all| all.into_iter().collect()))
            }
            Fact::Absent => Fact::Known(Vec::new()),
            Fact::Unknown => Fact::Unknown,
        };
        for destination in listed(rule.blocks("destination"))? {
            found.push(RegistryRule {
                region: destination.text("region"),
                account: destination.text("registry_id"),
                prefixes: prefixes.clone(),
            });
        }
    }
    Some(found)
}

fn listed<T>(blocks: Fact<Vec<T>>) -> Option<Vec<T>> {
    match blocks {
        Fact::Known(blocks) => Some(blocks),
        Fact::Absent => Some(Vec::new()),
        Fact::Unknown => None,
    }
}

fn repository(attrs: &Attrs<'_>, resource: &mut Resource) {
    let key = match attrs.block_if_set("encryption_configuration") {
        Fact::Known(block) => match (block.text_or("encryption_type", "AES256"), block.state("kms_key")) {
            (Fact::Known(word), _) if word == "AES256" => Fact::Absent,
            (Fact::Known(_), State::Null | State::Unset) => {
                resource.link(Rel::EncryptedBy, Some("alias/aws/ecr"));
                "alias/aws/ecr".into()
            }
            (Fact::Known(_), _) => kms::encrypted_by(&block, resource, "kms_key"),
            _ => Fact::Unknown,
        },
        Fact::Absent => Fact::Absent,
        Fact::Unknown => Fact::Unknown,
    };
    resource.encryption = Some(Shared::from(Encryption { enabled: Fact::Known(true), key }));
    resource.protection = Some(Shared::from(Protection {
        force_destroy: attrs.boolean_or("force_delete", false),
        ..Protection::default()
    }));
    let mutability = attrs.text_or("image_tag_mutability", "MUTABLE");
    resource.repository = Some(Shared::from(Repository {
        tags_mutable: mutability.as_ref().map(|word| word.starts_with("MUTABLE")),
        tag_exceptions: match mutability.known() {
            Some(word) if !word.ends_with("_WITH_EXCLUSION") => Fact::Known(Vec::new()),
            _ => Fact::Unknown,
        },
        images: Fact::Unknown,
    }));
    resource.mark_unknown("repository.images", "code does not know what is in it");
}
