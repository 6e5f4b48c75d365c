//! ACM: certificates, with every kind of key. Without a filter the list has those with small RSA keys only.

use aws_sdk_acm::Client;
use aws_sdk_acm::types::{CertificateDetail, CertificateSummary, CertificateType, Filters, KeyAlgorithm};
use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::read::{list, moment, sorted, together};
use super::values::tags;
use super::{Collector, Context, Locality, Sink, Spec, Trouble, client};
use crate::collect::actions;
use crate::model::{Certificate, Fact, Kind, Place, Resource, Shared, Status, TagFact};

const CERTIFICATE: &str = "aws.acm.certificate";

/// What only `DescribeCertificate` gives.
const DESCRIBED: [&str; 2] = ["certificate.in_use_by", "certificate.renewal"];

const KEYS: [KeyAlgorithm; 7] = [
    KeyAlgorithm::EcPrime256v1,
    KeyAlgorithm::EcSecp384r1,
    KeyAlgorithm::EcSecp521r1,
    KeyAlgorithm::Rsa1024,
    KeyAlgorithm::Rsa2048,
    KeyAlgorithm::Rsa3072,
    KeyAlgorithm::Rsa4096,
];

pub(crate) struct Acm;

impl Collector for Acm {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec =
            Spec { service: "acm", locality: Locality::Regional, kinds: &[CERTIFICATE], actions: actions::ACM };
        &SPEC
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            let client = client!(cx, aws_sdk_acm);
            let filter = Filters::builder().set_key_types(Some(KEYS.to_vec())).build();
            let pages = client.list_certificates().includes(filter).into_paginator().items().send();
            let listed = out.listed(&[CERTIFICATE], list("acm:ListCertificates", pages).await)?;
            let looked = together(listed.iter().map(|summary| look(&client, summary))).await;
            for (summary, (detail, tags)) in listed.iter().zip(looked) {
                let mut resource = normalize(summary, detail.as_ref().ok(), cx.place());
                if let Err(trouble) = detail {
                    out.gap_at(&mut resource, &DESCRIBED, trouble);
                }
                out.tag(&mut resource, tags);
                out.push(resource);
            }
            Ok(())
        }
        .boxed()
    }
}

type Looked = (Result<CertificateDetail, Trouble>, Result<TagFact, Trouble>);

async fn look(client: &Client, summary: &CertificateSummary) -> Looked {
    let arn = summary.certificate_arn().unwrap_or_default();
    let detail = match client.describe_certificate().certificate_arn(arn).send().await {
        Ok(answer) => answer.certificate.ok_or_else(|| Trouble::empty("acm:DescribeCertificate")),
        Err(error) => Err(Trouble::new("acm:DescribeCertificate", &error)),
    };
    let own = match client.list_tags_for_certificate().certificate_arn(arn).send().await {
        Ok(answer) => Ok(tags(answer.tags().iter().map(|tag| (Some(tag.key()), tag.value())))),
        Err(error) => Err(Trouble::new("acm:ListTagsForCertificate", &error)),
    };
    (detail, own)
}

fn normalize(summary: &CertificateSummary, detail: Option<&CertificateDetail>, place: Place) -> Resource {
    let arn = summary.certificate_arn().unwrap_or_default();
    let domain = summary.domain_name().unwrap_or_default().to_lowercase();
    let mut resource = Resource::new(Kind::of(CERTIFICATE), arn, domain.as_str(), place);
    let state = detail.and_then(CertificateDetail::status).or(summary.status());
    let state = state.map(|state| state.as_str().to_lowercase());
    resource.status = Some(Shared::from(Status {
        healthy: Fact::from_known(state.as_deref().map(|state| state == "issued")),
        state: Fact::from_known(state),
        created_at: moment(detail.and_then(CertificateDetail::created_at).or(summary.created_at())),
    }));
    // The list gives the first hundred names only.
    let others = detail.map_or(summary.subject_alternative_name_summaries(), |it| it.subject_alternative_names());
    if detail.is_none() && summary.has_additional_subject_alternative_names() == Some(true) {
        resource.mark_unknown("certificate.names", "the list gives the first hundred names only");
    }
    let names = others.iter().map(|name| name.to_lowercase()).chain([domain]).filter(|name| !name.is_empty());
    let kind = detail.and_then(CertificateDetail::r#type).or(summary.r#type());
    let eligibility = detail.and_then(CertificateDetail::renewal_eligibility).or(summary.renewal_eligibility());
    resource.certificate = Some(Shared::from(Certificate {
        names: Fact::Known(sorted(names)),
        not_after: moment(detail.and_then(CertificateDetail::not_after).or(summary.not_after())),
        source: Fact::from_known(kind.and_then(source).map(str::to_owned)),
        renewable: Fact::from_known(eligibility.map(|it| it.as_str() == "ELIGIBLE")),
        renewal: detail.map_or(Fact::Unknown, |detail| {
            Fact::from_read(detail.renewal_summary().map(|it| it.renewal_status().as_str().to_lowercase()))
        }),
        in_use_by: detail.map_or(Fact::Unknown, |detail| Fact::Known(sorted(detail.in_use_by().iter().cloned()))),
    }));
    resource
}

fn source(kind: &CertificateType) -> Option<&'static str> {
    match kind {
        CertificateType::AmazonIssued => Some("amazon"),
        CertificateType::Imported => Some("imported"),
        CertificateType::Private => Some("private"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_acm::primitives::DateTime;
    use aws_sdk_acm::types::{CertificateStatus, RenewalEligibility, RenewalStatus, RenewalSummary};
    use serde_json::json;

    use super::*;

    const ARN: &str = "arn:aws:acm:us-east-1:111122223333:certificate/1";

    fn summary() -> aws_sdk_acm::types::builders::CertificateSummaryBuilder {
        CertificateSummary::builder().certificate_arn(ARN).domain_name("Shop.example.com")
    }

    fn normalized(summary: &CertificateSummary, detail: Option<&CertificateDetail>) -> serde_json::Value {
        serde_json::to_value(normalize(summary, detail, Place::new("111122223333", "us-east-1"))).unwrap()
    }

    #[test]
    fn a_certificate_that_was_described_says_who_shows_it() {
        let renewal = RenewalSummary::builder()
            .renewal_status(RenewalStatus::PendingValidation)
            .set_domain_validation_options(Some(Vec::new()))
            .updated_at(DateTime::from_secs(0))
            .build()
            .unwrap();
        let detail = CertificateDetail::builder()
            .certificate_arn(ARN)
            .subject_alternative_names("*.shop.example.com")
            .subject_alternative_names("shop.example.com")
            .status(CertificateStatus::Issued)
            .created_at(DateTime::from_secs(1_700_000_000))
            .not_after(DateTime::from_secs(1_800_000_000))
            .r#type(CertificateType::AmazonIssued)
            .renewal_eligibility(RenewalEligibility::Eligible)
            .renewal_summary(renewal)
            .in_use_by("arn:b")
            .in_use_by("arn:a")
            .build();
        let expected = json!({
            "id": ARN, "kind": "aws.acm.certificate", "name": "shop.example.com",
            "place": {"account": "111122223333", "region": "us-east-1"},
            "status": {"state": "issued", "healthy": true, "created_at": "2023-11-14T22:13:20Z"},
            "certificate": {
                "names": ["*.shop.example.com", "shop.example.com"], "not_after": "2027-01-15T08:00:00Z",
                "source": "amazon", "renewable": true, "renewal": "pending_validation", "in_use_by": ["arn:a", "arn:b"],
            },
            "origin": {"source": ""},
        });
        assert_eq!(normalized(&summary().build(), Some(&detail)), expected);
    }

    #[test]
    fn a_certificate_that_may_not_be_described_has_what_the_list_says() {
        let summary = summary()
            .subject_alternative_name_summaries("shop.example.com")
            .has_additional_subject_alternative_names(true)
            .status(CertificateStatus::PendingValidation)
            .r#type(CertificateType::Imported)
            .renewal_eligibility(RenewalEligibility::Ineligible)
            .build();
        let expected = json!({
            "id": ARN, "kind": "aws.acm.certificate", "name": "shop.example.com",
            "place": {"account": "111122223333", "region": "us-east-1"},
            "status": {"state": "pending_validation", "healthy": false, "created_at": null},
            "certificate": {"names": ["shop.example.com"], "not_after": null, "source": "imported", "renewable": false},
            "unknown": {"certificate.names": "the list gives the first hundred names only"},
            "origin": {"source": ""},
        });
        assert_eq!(normalized(&summary, None), expected);
    }
}
