//! Fingerprints of what a resource has at each node that a policy reads, so that a question that was asked of the same
//! facts before need not be asked again.

use regorus::Value;

use super::rules::Question;
use super::schema::{Nodes, Schema};
use crate::print::{HashMap, Print};

/// Those of one resource, by node. What is not there has the default. In lists a node stands for a column: its values in
/// all elements; and the node of the elements for how many there are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Prints(Vec<Print>);

impl Prints {
    /// Room for all nodes, with nothing there.
    pub(crate) fn clear(&mut self, nodes: usize) {
        self.0.clear();
        self.0.resize(nodes, Print::default());
    }

    /// What a node has, or has at this position of its list.
    pub(crate) fn add(&mut self, node: usize, position: u64, print: Print) {
        if let Some(all) = self.0.get_mut(node) {
            *all = all.then(position, print);
        }
    }

    fn of(&self, nodes: &[usize]) -> Print {
        let known = nodes.iter().map(|node| self.0.get(*node).copied().unwrap_or_default());
        known.fold(Print::default(), |all, one| all.then(0, one))
    }
}

/// Answers of a question, by what it reads. It is given up where the same facts hardly ever come again.
#[derive(Debug)]
pub(crate) struct Memo {
    nodes: Vec<usize>,
    answers: HashMap<Value>,
    asked: u32,
    found: u32,
}

/// How often to ask before looking whether it helps.
const TRIALS: u32 = 128;

/// Answers that are kept of a question: what is common comes early.
const MOST_ANSWERS: usize = 1024;

impl Memo {
    pub(crate) fn new(question: &Question) -> Self {
        let schema = Schema::of_resource();
        let mut nodes = Vec::new();
        for node in &question.reads.named {
            // An element that is read whole is its whole list.
            let parent = schema.nodes[*node].parent;
            let node = if schema.nodes[parent].element == Some(*node) { parent } else { *node };
            let is_whole = || {
                let mut below = Nodes::default();
                schema.down(node, &mut below);
                below.iter().all(|node| question.reads.all.contains(node))
            };
            // A list that is only gone through: its length counts, and what is read of its elements has a column.
            match schema.nodes[node].element {
                Some(element) if !is_whole() => nodes.push(element),
                _ => nodes.push(node),
            }
            let above = std::iter::successors(Some(node), |at| (*at != 0).then(|| schema.nodes[*at].parent));
            nodes.extend(above.skip(1).filter_map(|list| schema.nodes[list].element));
        }
        nodes.sort_unstable();
        nodes.dedup();
        Self { nodes, answers: HashMap::default(), asked: 0, found: 0 }
    }

    /// Whether it is worth looking.
    pub(crate) fn helps(&self) -> bool {
        self.asked < TRIALS || self.found > self.asked / 4
    }

    /// Under what an answer to these facts is kept.
    pub(crate) fn key(&self, prints: &Prints) -> Option<Print> {
        self.helps().then(|| prints.of(&self.nodes))
    }

    pub(crate) fn get(&mut self, key: Print) -> Option<&Value> {
        self.asked = self.asked.saturating_add(1);
        let answer = self.answers.get(&key);
        self.found = self.found.saturating_add(answer.is_some().into());
        answer
    }

    pub(crate) fn insert(&mut self, key: Print, answer: &Value) {
        if !self.helps() {
            self.answers = HashMap::default();
        } else if self.answers.len() < MOST_ANSWERS {
            self.answers.insert(key, answer.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::model::Resource;
    use crate::policy::analysis::Reads;
    use crate::policy::input::{Input, InputMaker};

    /// What an answer would be kept under, of a question that reads these paths of a backup plan.
    fn key(paths: &[&str], facts: Json) -> Option<Print> {
        let schema = Schema::of_resource();
        let mut reads = Reads::default();
        for node in paths.iter().map(|path| schema.find(path).unwrap()) {
            reads.named.insert(node);
            schema.up(node, &mut reads.all);
        }
        let question = Question { index: 0, entry: String::new(), reads, definitions: Vec::new() };
        let mut resource = json!({"id": "p", "kind": "aws.backup.plan", "name": "p"});
        resource.as_object_mut().unwrap().extend(facts.as_object().unwrap().clone());
        let resource: Resource = serde_json::from_value(resource).unwrap();
        let mut input = Input::default();
        InputMaker::new(schema).make((&resource).into(), Schema::all(), &mut input).unwrap();
        Memo::new(&question).key(&input.prints)
    }

    fn rules(rules: Json) -> Json {
        json!({"plan": {"rules": rules}})
    }

    #[test]
    fn facts_that_differ_in_what_is_read_have_two_keys() {
        let read = ["plan.rules", "plan.rules.vault", "plan.rules.continuous", "plan.rules.copies.region"];
        let all = [
            json!({}),
            json!({"plan": {}}),
            rules(Json::Null),
            rules(json!([])),
            rules(json!([{}])),
            rules(json!([{}, {}])),
            rules(json!([{"vault": null}])),
            rules(json!([{"vault": ""}])),
            rules(json!([{"vault": "a"}])),
            rules(json!([{"vault": "a"}, {}])),
            rules(json!([{}, {"vault": "a"}])),
            rules(json!([{"vault": "a", "continuous": true}, {}])),
            rules(json!([{"vault": "a"}, {"continuous": true}])),
            rules(json!([{"vault": "a"}, {"vault": "b"}])),
            rules(json!([{"vault": "b"}, {"vault": "a"}])),
            rules(json!([{"copies": []}])),
            rules(json!([{"copies": [{"region": "a"}, {"region": "b"}]}, {"copies": []}])),
            rules(json!([{"copies": [{"region": "a"}]}, {"copies": [{"region": "b"}]}])),
            rules(json!([{"copies": []}, {"copies": [{"region": "a"}, {"region": "b"}]}])),
        ];
        for (at, one) in all.iter().enumerate() {
            for other in &all[..at] {
                // Whether the facet is there without the list is nothing that a rule about the list can see.
                let same = [one, other].iter().all(|facts| facts.pointer("/plan/rules").is_none());
                assert_eq!(key(&read, one.clone()) == key(&read, other.clone()), same, "{one} and {other}");
            }
        }
    }

    #[test]
    fn what_is_not_read_makes_no_difference() {
        let read = ["plan.rules", "plan.rules.vault"];
        let one = rules(json!([{"vault": "a", "name": "daily"}, {"vault": "b"}]));
        let mut other =
            rules(json!([{"vault": "a", "name": "hourly", "continuous": true}, {"vault": "b", "copies": []}]));
        other["tags"] = json!({"team": "x"});
        assert_eq!(key(&read, one), key(&read, other));
    }

    #[test]
    fn a_question_whose_facts_never_come_again_is_given_up() {
        let question = Question { index: 0, entry: String::new(), reads: Reads::default(), definitions: Vec::new() };
        let mut memo = Memo::new(&question);
        for number in 0..u64::from(TRIALS) {
            let key = Print::of(b'u', &number.to_ne_bytes());
            assert!(memo.helps() && memo.get(key).is_none());
            memo.insert(key, &Value::Bool(true));
        }
        assert_eq!((memo.helps(), memo.answers.len()), (false, 0));
    }
}
