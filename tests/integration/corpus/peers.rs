//! What other tools' own test cases expect of their rules, held against our verdicts.
//!
//! `peers.csv` says which of our policies answers a peer's property, or why none does; `disagreements.csv` explains in
//! a line why we say something else. Neither may be silent, and neither may outlive its reason.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use seaworthy::collect::overlay::lay_over;
use seaworthy::collect::terraform;
use seaworthy::config::{Config, RecoveryPair};
use seaworthy::link::link;
use seaworthy::model::{Coverage, CoverageStatus, Fact, Inventory, Resource, Timestamp};
use seaworthy::policy::{Backend, Options, PolicySet, judge};
use seaworthy::result::Outcome;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::hcl::{Block, Schema};
use super::{corpus, say};

const ACCOUNT: &str = "111111111111";

/// A row of the peers' verdicts.
#[derive(Debug, Deserialize)]
struct Case {
    file: String,
    /// Addresses, or types.
    resource: String,
    property: String,
    expected: String,
    source: String,
    case: String,
}

/// Which policy answers a property.
#[derive(Debug, Deserialize)]
struct Answer {
    source: String,
    /// `*`: every property of the source.
    property: String,
    /// Ids, with `|` between them. `-`: none.
    policy: String,
    /// Why none does.
    reason: String,
}

/// Why our verdict is another.
#[derive(Debug, Deserialize)]
struct Disagreement {
    source: String,
    property: String,
    case: String,
    ours: String,
    explanation: String,
}

/// A row of the table.
#[derive(Debug, serde::Serialize)]
struct Row {
    source: String,
    property: String,
    case: String,
    expected: String,
    policy: String,
    ours: String,
    agrees: &'static str,
    explanation: String,
}

#[test]
fn every_disagreement_with_a_peer_is_explained() {
    let Some(corpus) = corpus() else { return };
    let answers: Vec<Answer> = read(&here("peers.csv"));
    let disagreements: Vec<Disagreement> = read(&here("disagreements.csv"));
    let judge = Judge::new(&corpus, &answers);
    let mut table = Vec::new();
    let mut not_covered = BTreeMap::<_, usize>::new();
    let mut used = BTreeSet::new();
    for case in read::<Case>(&corpus.join("verdicts.csv")) {
        let at = answers.iter().position(|answer| answer.answers(&case));
        let at = at.unwrap_or_else(|| panic!("peers.csv has no row for {}: {}", case.source, case.property()));
        used.insert(at);
        let answer = &answers[at];
        if answer.policy == "-" {
            *not_covered.entry(answer.reason.as_str()).or_default() += 1;
            continue;
        }
        let ours = judge.verdict(&case, &answer.policy);
        let agrees = case.expected == ours.to_uppercase();
        let explanation = disagreements.iter().find(|row| row.explains(&case, &ours)).filter(|_| !agrees);
        table.push(Row {
            source: case.source.clone(),
            property: case.property().to_owned(),
            case: case.name().to_owned(),
            expected: case.expected.to_lowercase(),
            policy: answer.policy.clone(),
            ours,
            agrees: if agrees { "yes" } else { "no" },
            explanation: explanation.map(|row| row.explanation.clone()).unwrap_or_default(),
        });
    }
    let explained = table.iter().filter(|row| !row.explanation.is_empty()).count();
    let agreed = table.iter().filter(|row| row.agrees == "yes").count();
    say(&format!(
        "corpus: agreed {agreed} of {}, {explained} explained, {} not covered",
        table.len(),
        not_covered.values().sum::<usize>(),
    ));
    insta::assert_snapshot!("peers", written(&table));
    insta::assert_json_snapshot!("peers-not-covered", not_covered);
    let unexplained: Vec<_> = table.iter().filter(|row| row.agrees == "no" && row.explanation.is_empty()).collect();
    assert!(unexplained.is_empty(), "add to disagreements.csv, or mend what is wrong: {unexplained:#?}");
    let stale: Vec<_> = disagreements.iter().filter(|known| !table.iter().any(|row| known.is_of(row))).collect();
    assert!(stale.is_empty(), "nothing disagrees like that any more: {stale:#?}");
    let idle: Vec<_> = answers.iter().enumerate().filter(|(at, _)| !used.contains(at)).collect();
    assert!(idle.is_empty(), "no verdict is about that: {idle:#?}");
}

impl Case {
    /// Without the title and the filter that some carry.
    fn property(&self) -> &str {
        self.property.split(": ").next().unwrap()
    }

    /// Tells the cases of a property apart.
    fn name(&self) -> &str {
        match (self.file.split_once('#'), self.case.as_str()) {
            (Some((_, fragment)), _) => fragment.rsplit('/').next().unwrap(),
            (None, "") => &self.resource,
            (None, case) => case,
        }
    }
}

impl Answer {
    fn answers(&self, case: &Case) -> bool {
        self.source == case.source && (self.property == "*" || self.property == case.property())
    }
}

impl Disagreement {
    fn explains(&self, case: &Case, ours: &str) -> bool {
        (&*self.source, &*self.property, &*self.case, &*self.ours) == (&case.source, case.property(), case.name(), ours)
    }

    fn is_of(&self, row: &Row) -> bool {
        let of_row = (&row.source, &row.property, &row.case, &row.ours, "no");
        (&self.source, &self.property, &self.case, &self.ours, row.agrees) == of_row
    }
}

/// Turns cases into plans, and judges them.
struct Judge<'a> {
    corpus: &'a Path,
    schema: Schema,
    policies: PolicySet,
    config: Config,
}

impl<'a> Judge<'a> {
    fn new(corpus: &'a Path, answers: &[Answer]) -> Self {
        let wanted: BTreeSet<&str> = answers.iter().flat_map(|answer| answer.policy.split('|')).collect();
        let mut policies = PolicySet::from_sources(seaworthy::policy::Source::built_in()).unwrap();
        policies.retain(|policy| wanted.contains(policy.id()));
        assert_eq!(policies.policies().len(), wanted.len() - 1, "peers.csv names a policy that there is not");
        // Another account takes over, so that the questions about sharing arise.
        let recovery = RecoveryPair {
            from: "us-east-1".to_owned(),
            to: "us-west-2".to_owned(),
            account: None,
            to_account: Some("222222222222".to_owned()),
            restore_role: None,
            keys: BTreeMap::new(),
        };
        let schema = std::fs::read_to_string(corpus.join("schema/aws-6.47.0.dr-subset.json")).unwrap();
        let config = Config { recovery: vec![recovery], ..Config::default() };
        Self { corpus, schema: Schema::read(&schema), policies, config }
    }

    /// The worst verdict of the policies about the resources of the case.
    fn verdict(&self, case: &Case, policies: &str) -> String {
        let plan = self.plan(case);
        let planned = terraform::read(serde_json::to_vec(&plan).unwrap(), "case", Timestamp::UNIX_EPOCH).unwrap();
        let (mut estate, _) = lay_over(nothing_else(), planned.inventory);
        // The cases name no account, and some no region.
        for place in estate.resources.iter_mut().map(|resource| &mut resource.place) {
            place.account = Fact::Known(ACCOUNT.to_owned());
            if place.region.is_unknown() {
                place.region = Fact::Known("us-east-1".to_owned());
            }
        }
        link(&mut estate, &self.config, Timestamp::UNIX_EPOCH);
        let options = Options {
            jobs: 1,
            keep: Outcome::ALL.to_vec(),
            backend: Backend::default(),
            documents: Default::default(),
        };
        let verdicts = judge(&self.policies, &estate.resources, &options).unwrap().verdicts;
        let asked: BTreeSet<&str> = policies.split('|').collect();
        let outcomes: BTreeSet<Outcome> = verdicts
            .iter()
            .filter(|verdict| asked.contains(self.policies.policies()[verdict.policy].id()))
            .filter(|verdict| case.is_about(&estate.resources[verdict.resource]))
            .map(|verdict| verdict.outcome)
            .collect();
        let worst = Outcome::ALL.into_iter().find(|outcome| outcomes.contains(outcome));
        worst.map_or("silent", Outcome::word).to_owned()
    }

    fn plan(&self, case: &Case) -> Value {
        let (file, fragment) = case.file.split_once('#').unwrap_or((&case.file, ""));
        let text = std::fs::read_to_string(self.corpus.join(file)).unwrap();
        if !file.ends_with(".jsonl") {
            return serde_json::from_str::<Value>(&text).unwrap().pointer(fragment).unwrap().clone();
        }
        let mut facts = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let found = facts.find(|facts| case.is_told_by(facts)).unwrap();
        let blocks = ["resources", "input"].iter().find(|name| found[name].is_array());
        let blocks: Vec<Block> = match blocks {
            Some(name) => serde_json::from_value(found[name].clone()).unwrap(),
            None => vec![serde_json::from_value(found).unwrap()],
        };
        self.schema.plan(&blocks)
    }
}

impl Case {
    /// The line of a file of facts is this case's.
    fn is_told_by(&self, facts: &Value) -> bool {
        let says = |name: &str, text: &str| facts[name] == text;
        if let Some((_, fragment)) = self.file.split_once('#') {
            let (rule, variant) = fragment.split_once('/').unwrap();
            return says("rule", rule) && says("variant", variant);
        }
        if let Some(check) = self.property.strip_prefix("terraform:") {
            let number: u64 = self.case.split(['[', ']']).nth(1).unwrap().parse().unwrap();
            return says("kind", "terraform")
                && says("check", check)
                && says("expected", &self.expected)
                && facts["case"] == number;
        }
        let is_alone = || format!("{}.{}", text(&facts["type"]), text(&facts["name"])) == self.resource;
        says("check", &self.property) && (facts["resources"].is_array() || is_alone())
    }

    /// The case names the resource or its type; or it names none, and all are meant.
    fn is_about(&self, resource: &Resource) -> bool {
        let origin = [&resource.origin.address, &resource.origin.terraform_type];
        self.resource.is_empty()
            || self.resource.split(';').any(|named| origin.iter().any(|is| is.as_deref() == Some(named)))
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Peers take what stands in a file for everything there is. So it is laid over an estate where nothing else is.
fn nothing_else() -> Inventory {
    let mut estate = Inventory::new("nothing", Timestamp::UNIX_EPOCH);
    estate.coverage = [ACCOUNT, "222222222222"]
        .iter()
        .flat_map(|account| ["", "us-east-1", "us-west-2"].map(|region| (account, region)))
        .map(|(account, region)| Coverage {
            account: (*account).to_owned(),
            region: region.to_owned(),
            service: "*".to_owned(),
            status: CoverageStatus::Complete,
            incomplete: Vec::new(),
            action: None,
            reason: None,
            at: Timestamp::UNIX_EPOCH,
        })
        .collect();
    estate
}

fn here(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/integration/corpus").join(name)
}

fn read<T: DeserializeOwned>(path: &Path) -> Vec<T> {
    csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect()
}

fn written(table: &[Row]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    table.iter().for_each(|row| writer.serialize(row).unwrap());
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}
