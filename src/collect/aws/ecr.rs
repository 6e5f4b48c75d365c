//! ECR: repositories with the digests and tags in them, and where the registry replicates.

use std::collections::BTreeMap;

use aws_sdk_ecr::Client;
use aws_sdk_ecr::types::{EncryptionType, ImageIdentifier, ImageTagMutability, ReplicationRule, Repository, Tag};
use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::read::{Listing, list, sorted, together};
use super::{Collector, Context, Locality, Sink, Spec, Trouble, client, values};
use crate::collect::actions;
use crate::model::{
    Encryption, Fact, Kind, Place, Registry, RegistryRule, Rel, Repository as Facts, Resource, Shared, StoredImage,
    Tags,
};

const REGISTRY: &str = "aws.ecr.registry";

const REPOSITORY: &str = "aws.ecr.repository";

/// The most that the service gives at once.
const PAGE: i32 = 1000;

pub(crate) struct Ecr;

impl Collector for Ecr {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec = Spec {
            service: "ecr",
            locality: Locality::Regional,
            kinds: &[REGISTRY, REPOSITORY],
            actions: actions::ECR,
        };
        &SPEC
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            let client = client!(cx, aws_sdk_ecr);
            match client.describe_registry().send().await {
                Ok(answer) => {
                    let rules = answer.replication_configuration().map(|it| it.rules()).unwrap_or_default();
                    out.push(registry(rules, cx.place()));
                }
                Err(error) => out.lost(&[REGISTRY], Trouble::new("ecr:DescribeRegistry", &error)),
            }
            let pages = client.describe_repositories().into_paginator().page_size(PAGE).items().send();
            let repositories = out.listed(&[REPOSITORY], list("ecr:DescribeRepositories", pages).await)?;
            let answers = together(repositories.iter().map(|repository| look(&client, repository))).await;
            for (repository, (images, tags)) in repositories.iter().zip(answers) {
                let mut resource = normalize(repository, &images, cx.place());
                let pairs = |tags: Vec<Tag>| values::tags(tags.iter().map(|tag| (Some(tag.key()), Some(tag.value()))));
                out.tag(&mut resource, tags.map(pairs));
                if let Some(trouble) = images.trouble {
                    out.gap(&mut resource, "repository.images", trouble);
                }
                out.push(resource);
            }
            Ok(())
        }
        .boxed()
    }
}

async fn look(client: &Client, repository: &Repository) -> (Listing<ImageIdentifier>, Result<Vec<Tag>, Trouble>) {
    let name = repository.repository_name().unwrap_or_default();
    let pages = client.list_images().repository_name(name).into_paginator().page_size(PAGE).items().send();
    let images = list("ecr:ListImages", pages).await;
    let tags = client.list_tags_for_resource().resource_arn(repository.repository_arn().unwrap_or_default());
    let tags = match tags.send().await {
        Ok(answer) => Ok(answer.tags.unwrap_or_default()),
        Err(error) => Err(Trouble::new("ecr:ListTagsForResource", &error)),
    };
    (images, tags)
}

/// Every account has one in every region. It has no ARN and no tags.
fn registry(rules: &[ReplicationRule], place: Place) -> Resource {
    let (account, region) = (place.account.text().unwrap_or_default(), place.region.text().unwrap_or_default());
    let id = format!("registry/{account}/{region}");
    let mut resource = Resource::new(Kind::of(REGISTRY), id, "registry", place);
    resource.tags = Fact::Known(Tags::new().into());
    let destinations = rules.iter().flat_map(|rule| {
        let prefixes = sorted(rule.repository_filters().iter().map(|filter| filter.filter()));
        rule.destinations().iter().map(move |destination| RegistryRule {
            region: destination.region().into(),
            account: destination.registry_id().into(),
            prefixes: Fact::Known(prefixes.clone()),
        })
    });
    resource.registry = Some(Shared::from(Registry { rules: Fact::Known(destinations.collect()) }));
    resource
}

/// What was listed before a failure stands there, and the caller says that there may be more.
fn normalize(repository: &Repository, images: &Listing<ImageIdentifier>, place: Place) -> Resource {
    let name = repository.repository_name().unwrap_or_default();
    let mut resource = Resource::new(Kind::of(REPOSITORY), repository.repository_arn().unwrap_or(name), name, place);
    let key = repository
        .encryption_configuration()
        .filter(|it| *it.encryption_type() != EncryptionType::Aes256)
        .and_then(|it| it.kms_key());
    resource.encryption =
        Some(Shared::from(Encryption { enabled: Fact::Known(true), key: Fact::from_read(key.map(str::to_owned)) }));
    resource.link(Rel::EncryptedBy, key);
    let mutable = repository
        .image_tag_mutability()
        .map(|mutability| matches!(mutability, ImageTagMutability::Mutable | ImageTagMutability::MutableWithExclusion));
    let exceptions = repository.image_tag_mutability_exclusion_filters();
    resource.repository = Some(Shared::from(Facts {
        tags_mutable: Fact::from_known(mutable),
        tag_exceptions: Fact::Known(sorted(exceptions.iter().map(|filter| filter.filter()))),
        images: if images.trouble.is_some() && images.items.is_empty() {
            Fact::Unknown
        } else {
            Fact::Known(stored(&images.items))
        },
    }));
    resource
}

/// The service gives a row for each tag.
fn stored(rows: &[ImageIdentifier]) -> Vec<StoredImage> {
    let mut tags: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for row in rows {
        if let Some(digest) = row.image_digest() {
            tags.entry(digest).or_default().extend(row.image_tag());
        }
    }
    let image =
        |(digest, tags): (&str, Vec<&str>)| StoredImage { digest: digest.into(), tags: Fact::Known(sorted(tags)) };
    tags.into_iter().map(image).collect()
}

#[cfg(test)]
mod tests {
    use aws_sdk_ecr::types::{
        EncryptionConfiguration, ImageTagMutabilityExclusionFilter, ImageTagMutabilityExclusionFilterType,
        ReplicationDestination, RepositoryFilter, RepositoryFilterType,
    };
    use serde_json::json;

    use super::super::TroubleClass;
    use super::*;

    fn place() -> Place {
        Place::new("111122223333", "us-east-1")
    }

    fn row(digest: &str, tag: Option<&str>) -> ImageIdentifier {
        ImageIdentifier::builder().image_digest(digest).set_image_tag(tag.map(str::to_owned)).build()
    }

    fn repository() -> Repository {
        let exception = ImageTagMutabilityExclusionFilter::builder()
            .filter("latest*")
            .filter_type(ImageTagMutabilityExclusionFilterType::Wildcard);
        let encryption = EncryptionConfiguration::builder()
            .encryption_type(EncryptionType::Kms)
            .kms_key("arn:aws:kms:us-east-1:111122223333:key/1");
        Repository::builder()
            .repository_name("team/shop")
            .repository_arn("arn:aws:ecr:us-east-1:111122223333:repository/team/shop")
            .image_tag_mutability(ImageTagMutability::ImmutableWithExclusion)
            .image_tag_mutability_exclusion_filters(exception.build().unwrap())
            .encryption_configuration(encryption.build().unwrap())
            .build()
    }

    #[test]
    fn a_repository_has_images_by_digest() {
        let items = vec![row("sha256:b", Some("v2")), row("sha256:a", None), row("sha256:b", Some("latest"))];
        assert_eq!(
            serde_json::to_value(normalize(&repository(), &Listing { items, trouble: None }, place())).unwrap(),
            json!({
                "id": "arn:aws:ecr:us-east-1:111122223333:repository/team/shop", "kind": "aws.ecr.repository",
                "name": "team/shop", "place": {"account": "111122223333", "region": "us-east-1"},
                "encryption": {"enabled": true, "key": "arn:aws:kms:us-east-1:111122223333:key/1"},
                "repository": {
                    "tags_mutable": false, "tag_exceptions": ["latest*"],
                    "images": [
                        {"digest": "sha256:a", "tags": []}, {"digest": "sha256:b", "tags": ["latest", "v2"]},
                    ],
                },
                "links": [{"rel": "encrypted-by", "to": "arn:aws:kms:us-east-1:111122223333:key/1"}],
                "origin": {"source": ""},
            })
        );
    }

    #[test]
    fn a_list_of_images_that_failed_is_no_empty_one() {
        let trouble =
            || Some(Trouble { action: "ecr:ListImages", class: TroubleClass::Denied, reason: "denied".to_owned() });
        let read = |items| {
            let resource = normalize(&repository(), &Listing { items, trouble: trouble() }, place());
            serde_json::to_value(resource).unwrap()["repository"].get("images").cloned()
        };
        assert_eq!(read(Vec::new()), None);
        assert_eq!(read(vec![row("sha256:a", None)]), Some(json!([{"digest": "sha256:a", "tags": []}])));
    }

    #[test]
    fn a_registry_has_rules_for_destinations() {
        let destination = |region: &str, account: &str| {
            ReplicationDestination::builder().region(region).registry_id(account).build().unwrap()
        };
        let filter =
            RepositoryFilter::builder().filter("team/").filter_type(RepositoryFilterType::PrefixMatch).build().unwrap();
        let rule = ReplicationRule::builder()
            .destinations(destination("us-west-2", "111122223333"))
            .destinations(destination("us-west-2", "444455556666"))
            .repository_filters(filter)
            .build()
            .unwrap();
        assert_eq!(
            serde_json::to_value(registry(&[rule], place())).unwrap(),
            json!({
                "id": "registry/111122223333/us-east-1", "kind": "aws.ecr.registry", "name": "registry",
                "place": {"account": "111122223333", "region": "us-east-1"}, "tags": {},
                "registry": {"rules": [
                    {"region": "us-west-2", "account": "111122223333", "prefixes": ["team/"]},
                    {"region": "us-west-2", "account": "444455556666", "prefixes": ["team/"]},
                ]},
                "origin": {"source": ""},
            })
        );
    }
}
