//! ACM certificates.

use super::provider::TYPE;
use crate::collect::terraform::attrs::{Attrs, State};
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps, Service};
use crate::collect::terraform::world::{Parts, Referents};
use crate::model::{Certificate, Fact, Resource, Shared};

const CERTIFICATES: &[&str] = &["aws_acm_certificate"];

const VALIDATIONS: &[&str] = &["aws_acm_certificate_validation"];

const TYPES: &[Mapping] = &[
    Mapping {
        of: Type {
            name: "aws_acm_certificate",
            kind: Some("aws.acm.certificate"),
            global_id: "arn",
            names: &["domain_name"],
            // Several certificates may be for the same domain.
            unique: "arn",
            facts: &[
                ("certificate.names", "subject_alternative_names"),
                ("certificate.renewable", "renewal_eligibility"),
                ("certificate.source", "type"),
            ],
            reads: &["certificate_authority_arn", "not_after", "validation_method"],
            ..TYPE
        },
        maps: Maps::Resource(certificate),
    },
    Mapping {
        of: Type {
            name: "aws_acm_certificate_validation",
            kind: None,
            global_id: "",
            names: &["certificate_arn"],
            facts: &[],
            reads: &[],
            ..TYPE
        },
        maps: Maps::Part(validation, None),
    },
];

pub(super) const SERVICE: Service = Service { types: &[TYPES], parts: &[], finishers: &[], comparers: &[] };

fn certificate(attrs: &Attrs<'_>, resource: &mut Resource) {
    // The provider adds the domain itself, and where the code names no others that is all.
    let is_alone = attrs.state("subject_alternative_names") == State::Unset;
    let others = if is_alone { Fact::Absent } else { attrs.list("subject_alternative_names") };
    let names = match (attrs.text("domain_name"), others) {
        (Fact::Known(domain), Fact::Known(others)) => Fact::Known(sorted(others.into_iter().chain([domain]))),
        (Fact::Known(domain), Fact::Absent) => Fact::Known(sorted([domain])),
        _ => Fact::Unknown,
    };
    let is_private = attrs.is_set("certificate_authority_arn");
    let is_validated = attrs.text("validation_method").is_known();
    let source = match attrs.text("type") {
        Fact::Known(word) => source(&word),
        _ if is_private => "private".into(),
        _ if is_validated => "amazon".into(),
        _ => Fact::Unknown,
    };
    let not_after = attrs.text("not_after");
    resource.certificate = Some(Shared::from(Certificate {
        names,
        not_after: Fact::from_known(not_after.text().and_then(|text| text.parse().ok())),
        source,
        renewable: match attrs.text("renewal_eligibility") {
            Fact::Known(word) => Fact::Known(word == "ELIGIBLE"),
            _ => Fact::Unknown,
        },
        ..Certificate::default()
    }));
}

fn sorted(names: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut names: Vec<String> = names.into_iter().map(|name| name.to_lowercase()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn source(word: &str) -> Fact<String> {
    match word {
        "AMAZON_ISSUED" => "amazon".into(),
        "IMPORTED" => "imported".into(),
        "PRIVATE" => "private".into(),
        _ => Fact::Unknown,
    }
}

/// That it is validated is a step of making a certificate, and no setting of it.
fn validation(attrs: &Attrs<'_>, _: &mut Parts) -> Vec<usize> {
    attrs.targets("certificate_arn", CERTIFICATES).here()
}

/// The certificate that an attribute names, itself or by the step that waits for its validation.
pub(super) fn targets(attrs: &Attrs<'_>, name: &str) -> Referents {
    let direct = attrs.targets(name, CERTIFICATES);
    if direct.unknown.is_none() {
        return direct;
    }
    match attrs.targets(name, VALIDATIONS).single() {
        Some(at) => Attrs::new(attrs.world, at).targets("certificate_arn", CERTIFICATES),
        None => direct,
    }
}
