//! After each promotion a look at who writes: the framework reports success without one, and Region switch does not ask either.
//! Neither has a step for it, so that it is a check of `seaworthy verify`.

use crate::config::Config;
use crate::config::checks::WriterCheck;
use crate::result::Proof;

/// Something of RDS that takes over, by the step that lets it.
pub(super) enum Promoted {
    Instance(String),
    Cluster(String),
}

/// The check of each, in the order of the steps: the one that the application has, else one to be declared.
pub(super) fn proofs(
    config: &Config,
    application: &str,
    region: &str,
    promoted: impl IntoIterator<Item = (String, Promoted)>,
) -> Vec<Proof> {
    let declared = config.applications.get(application).map(|it| it.checks.as_slice()).unwrap_or_default();
    let there = |text: &Option<String>| text.as_deref().map(|text| text.replace("{region}", region));
    let one = |(after, promoted): (String, Promoted)| {
        let (id, writer) = match promoted {
            Promoted::Instance(id) => (id.clone(), WriterCheck { instance: Some(id), ..WriterCheck::default() }),
            Promoted::Cluster(id) => (id.clone(), WriterCheck { cluster: Some(id), ..WriterCheck::default() }),
        };
        let is_it = |own: &WriterCheck| {
            (there(&own.instance), there(&own.cluster)) == (writer.instance.clone(), writer.cluster.clone())
        };
        let own = declared.iter().find(|check| check.writer.as_ref().is_some_and(is_it));
        let name = own.map_or_else(|| format!("{id} takes writes"), |own| own.name.clone());
        // JSON is YAML, and needs no rules for what is to be quoted.
        let declaration = own.is_none().then(|| serde_json::json!({"name": name, "writer": writer}).to_string());
        Proof { after, check: name, declaration }
    };
    promoted.into_iter().map(one).collect()
}
