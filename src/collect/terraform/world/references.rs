//! What the code refers to, where the value is not known yet: through variables, module outputs and `for_each`.

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::address::{self, segments};
use super::super::configuration::{MAX_HOPS, references};
use super::written::Written;
use super::{Referent, Referents, World};
use crate::collect::source::{Gives, Share, These};

/// What references led to.
#[derive(Default)]
pub(super) struct Candidates {
    pub candidates: BTreeSet<usize>,
    /// One of the references leads to several resources, or to something that is not understood.
    pub vague: bool,
    /// One of them leads to something that is not understood, which may stand for any resource.
    pub open: bool,
    /// Expressions that were looked at: variables may lead to variables without end.
    steps: usize,
}

impl Candidates {
    /// Something is not understood.
    fn lose(&mut self) {
        (self.vague, self.open) = (true, true);
    }

    fn lose_if(&mut self, lost: bool) {
        if lost {
            self.lose();
        }
    }

    /// All of it.
    fn take(&mut self, other: Self) {
        self.candidates.extend(other.candidates);
        self.vague |= other.vague;
        self.open |= other.open;
        self.steps = other.steps;
    }

    /// It is one of these.
    fn add(&mut self, instances: Vec<usize>) {
        self.lose_if(instances.is_empty());
        self.vague |= instances.len() != 1;
        self.candidates.extend(instances);
    }
}

/// More expressions than this are not looked at for one attribute.
const MAX_STEPS: usize = 1000;

/// From where a reference is looked at.
#[derive(Clone, Copy)]
struct EvalContext<'s> {
    module: &'s str,
    /// The block that the `for_each` is of, if there is one.
    block: &'s str,
    key: Option<&'s str>,
    for_each: Option<&'s Value>,
}

/// An attribute, and what is asked of it.
struct Site<'s, 'r> {
    /// Its block, within the module: `aws_lb.main`, `module.network`, `output.subnets`, `local.subnets`.
    block: &'s str,
    /// The attribute, dotted.
    attribute: &'s str,
    /// What the plan says of its expression. It says nothing of locals.
    planned: Option<&'s Value>,
    /// Names and keys of the part of it that is referred to.
    part: Vec<(&'r str, Option<&'r str>)>,
}

impl World<'_> {
    /// What the code refers to, where the value is not known yet. `single`: the attribute names one thing, so that of
    /// several that the expression refers to it is one, by a condition or by `coalesce`.
    pub(crate) fn by_reference(
        &self,
        from: usize,
        expression: Option<Written<'_>>,
        types: &[&str],
        reason: &str,
        single: bool,
    ) -> Referents {
        let found = self.found(from, expression, types);
        let several = single && found.candidates.len() > 1;
        let unknown = (found.vague || several || found.candidates.is_empty()).then(|| reason.to_owned());
        Referents {
            among: !found.open && !found.candidates.is_empty(),
            found: found.candidates.into_iter().map(|at| Referent::Here(at, self.id(at).to_owned())).collect(),
            unknown,
        }
    }

    pub(super) fn found(&self, from: usize, expression: Option<Written<'_>>, types: &[&str]) -> Candidates {
        let mut found = Candidates::default();
        if let Some(Written { path, expression }) = expression {
            let instance = self.instance(from);
            let for_each = self.block(from).and_then(|block| block.for_each.as_ref());
            let block = instance.block();
            let scope = EvalContext { module: &instance.module, block: &block, key: instance.key.as_deref(), for_each };
            let site = Site { block: &block, attribute: path, planned: Some(expression), part: Vec::new() };
            self.follow(scope, site, types, MAX_HOPS, &mut found);
        }
        found
    }

    /// Follows an expression: by its code where that is at hand, since a plan names what an expression refers to, and not
    /// what it does with it.
    fn follow(&self, scope: EvalContext<'_>, site: Site<'_, '_>, types: &[&str], hops: usize, found: &mut Candidates) {
        found.steps += 1;
        let (Some(hops), true) = (hops.checked_sub(1), found.steps <= MAX_STEPS) else { return found.lose() };
        if site.planned.is_some_and(|planned| planned.get("constant_value").is_some()) {
            return;
        }
        let planned = site.planned.map(references).unwrap_or_default();
        let code = self.gives(scope.module, site.block, site.attribute);
        let is_derived = code == Some(Gives::Derived);
        if let Some(code) = code {
            let is_of_this_plan =
                |these: &These| site.planned.is_none() || these.references.iter().all(|it| is_planned(it, &planned));
            if let Some(these) = code.part(site.part.iter().copied()).filter(is_of_this_plan) {
                let mut given = Candidates { steps: found.steps, ..Candidates::default() };
                for reference in &these.references {
                    self.lead(scope, reference, None, types, hops, &mut given);
                }
                given.vague |= match these.share {
                    Share::All => false,
                    Share::One => given.candidates.len() > 1,
                    Share::Some => true,
                };
                return found.take(given);
            }
        }
        // `x[each.key]` is written as `x` and `each.key`.
        let key = scope.key.filter(|_| planned.contains("each.key") || planned.contains("count.index"));
        found.lose_if(planned.is_empty());
        for reference in planned {
            self.lead(scope, reference, key, types, hops, found);
        }
        // Which part of an object that is, is not said.
        found.lose_if(is_derived || !site.part.is_empty());
    }

    /// Where a reference leads. `key`: that of what has no key in the reference.
    fn lead(
        &self,
        scope: EvalContext<'_>,
        reference: &str,
        key: Option<&str>,
        types: &[&str],
        hops: usize,
        found: &mut Candidates,
    ) {
        let names = segments(reference);
        let name = |at: usize| names.get(at).map(|segment| segment.name).unwrap_or_default();
        let written = names.get(1).and_then(|segment| segment.key);
        let key = written.map_or(key, |written| self.key(scope, written));
        let every = written == Some("*");
        let part = |after: usize| -> Vec<_> {
            let of_it = names.get(after).and_then(|segment| segment.key).map(|key| ("", Some(key)));
            let rest = names.iter().skip(after + 1).map(|segment| (segment.name, segment.key));
            of_it.into_iter().chain(rest).collect()
        };
        match name(0) {
            "count" => {}
            "each" if name(1) == "key" => {}
            "each" => match scope.for_each.filter(|_| types.iter().any(|kind| self.is_identity(kind, name(2)))) {
                Some(for_each) => self.follow_keyed(scope, for_each, types, hops, found),
                None => found.lose(),
            },
            "local" => {
                let inside = EvalContext { block: "", key: None, for_each: None, ..scope };
                let block = format!("local.{}", name(1));
                let site = Site { block: &block, attribute: "value", planned: None, part: part(1) };
                self.follow(inside, site, types, hops, found);
            }
            "var" => {
                let configuration = self.configuration();
                let argument = address::parent(scope.module).zip(configuration).and_then(|((parent, call), code)| {
                    Some((parent, call, code.argument(parent, call.name, name(1))?, code.module(parent)?))
                });
                let Some((parent, call, argument, module)) = argument else { return found.lose() };
                let for_each = module.calls.get(call.name).and_then(|(_, for_each)| for_each.as_ref());
                let block = format!("module.{}", call.name);
                let outer = EvalContext { module: parent, block: &block, key: call.key, for_each };
                let site = Site { block: &block, attribute: name(1), planned: Some(argument), part: part(1) };
                self.follow(outer, site, types, hops, found);
            }
            "module" => {
                let modules = self.called(scope.module, name(1), key);
                found.vague |= modules.len() != 1 && !(every && self.stack.is_complete);
                found.lose_if(modules.is_empty());
                for module in modules {
                    let output = self.configuration().and_then(|code| code.module(&module)?.outputs.get(name(2)));
                    let Some(output) = output else {
                        found.lose();
                        continue;
                    };
                    let inside = EvalContext { module: &module, block: "", key: None, for_each: None };
                    let block = format!("output.{}", name(2));
                    let site = Site { block: &block, attribute: "value", planned: Some(output), part: part(2) };
                    self.follow(inside, site, types, hops, found);
                }
            }
            kind if types.contains(&kind) => {
                let block = format!("{kind}.{}", name(1));
                let instances = self.instances(scope.module, &block, key);
                let is_code = || self.configuration().is_some_and(|code| code.block(scope.module, &block).is_some());
                if every && self.stack.is_complete && is_code() {
                    found.candidates.extend(instances);
                } else {
                    found.add(instances);
                }
                // Any other attribute of one gives no name: it may be what a condition asks for.
                let attribute: Vec<&str> = names.iter().skip(2).map(|segment| segment.name).collect();
                found.vague |= !self.is_identity(kind, &attribute.join("."));
            }
            // The global id of something else stands for that and nothing more, understood or not.
            kind if self.stack.types.provider_of(kind).is_some_and(|of| name(2) == of.global_id) => {}
            _ => found.lose(),
        }
    }

    /// What the code of a module says that an attribute of a block gives.
    fn gives(&self, module: &str, block: &str, attribute: &str) -> Option<Gives> {
        let calls = address::calls(module).into_iter().map(|call| format!("module.{}.", call.name));
        let address: String = calls.chain([block.to_owned()]).collect();
        self.stack.expressions.gives(&address, attribute)
    }

    /// The instance key that a key in brackets stands for. `None`: it stands for any.
    fn key<'s>(&self, scope: EvalContext<'s>, written: &'s str) -> Option<&'s str> {
        match written {
            "*" => None,
            "each.key" | "count.index" => scope.key,
            // Values of a set are its keys, and those of a map are not.
            "each.value" => scope.key.filter(|_| match self.gives(scope.module, scope.block, "for_each") {
                Some(Gives::These(these)) => these.is_set(),
                _ => false,
            }),
            key => Some(key),
        }
    }

    /// `each.value` of a `for_each` over a resource is the instance with the same key.
    fn follow_keyed(
        &self,
        scope: EvalContext<'_>,
        for_each: &Value,
        types: &[&str],
        hops: usize,
        found: &mut Candidates,
    ) {
        let inner = EvalContext { for_each: None, ..scope };
        for reference in references(for_each) {
            let names = segments(reference);
            match names[..] {
                [kind, name] if types.contains(&kind.name) && name.key.is_none() => {
                    let instances = self.instances(scope.module, &format!("{}.{}", kind.name, name.name), scope.key);
                    found.add(instances);
                }
                _ => self.lead(inner, reference, scope.key, types, hops, found),
            }
        }
    }

    /// Instances of a block in a module instance: the one with the key if there is one, else all of them.
    fn instances(&self, module: &str, block: &str, key: Option<&str>) -> Vec<usize> {
        let all = self.by_block.get(&(module, block.to_owned())).map(Vec::as_slice).unwrap_or_default();
        match all.iter().find(|at| key.is_some() && self.instance(**at).key.as_deref() == key) {
            Some(at) => vec![*at],
            None => all.to_vec(),
        }
    }

    /// Module instances that a call made: the one with the key if there is one, else all of them.
    fn called(&self, module: &str, call: &str, key: Option<&str>) -> Vec<String> {
        let exact = address::child(module, call, key);
        if self.modules.contains(&exact) {
            return vec![exact];
        }
        let plain = address::child(module, call, None);
        let keyed = format!("{plain}[");
        let of_call = |found: &&String| address::parent(found).is_some_and(|(parent, _)| parent == module);
        let range = self.modules.range(plain.clone()..).take_while(|found| found.starts_with(&plain));
        range.filter(|found| **found == plain || found.starts_with(&keyed)).filter(of_call).cloned().collect()
    }

    /// Whether that attribute of a type names the resource, or is a block with one that does: a plan names both. A
    /// reference to any other gives a value, not the resource.
    fn is_identity(&self, kind: &str, attribute: &str) -> bool {
        let found = || self.stack.types.find(kind);
        let is_it =
            |name: &str| name.strip_prefix(attribute).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        attribute.is_empty() || found().is_some_and(|kind| kind.identities().any(is_it))
    }
}

/// Whether the plan was made from code that refers to that: the code at hand may be of another day.
fn is_planned(reference: &str, planned: &BTreeSet<&str>) -> bool {
    fn root(reference: &str) -> Vec<&str> {
        segments(reference).into_iter().map(|segment| segment.name).take(2).collect()
    }
    reference.starts_with('"') || planned.iter().any(|of_plan| root(of_plan) == root(reference))
}
