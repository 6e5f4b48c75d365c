//! What the code refers to, where the value is not known yet: through variables, module outputs and `for_each`.

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::address::{self, segments};
use super::super::configuration::{MAX_HOPS, references};
use super::written::Written;
use super::{Referent, Referents, World};

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
    key: Option<&'s str>,
    for_each: Option<&'s Value>,
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
            let scope = EvalContext { module: &instance.module, key: instance.key.as_deref(), for_each };
            self.follow(scope, expression, types, MAX_HOPS, &mut found);
            // Asked last, because it takes reading the code.
            found.lose_if(!found.vague && self.stack.expressions.derives(&instance.block_address(), path));
        }
        found
    }

    fn follow(&self, scope: EvalContext<'_>, expression: &Value, types: &[&str], hops: usize, found: &mut Candidates) {
        found.steps += 1;
        let (Some(hops), Some(configuration), true) =
            (hops.checked_sub(1), self.configuration(), found.steps <= MAX_STEPS)
        else {
            found.lose();
            return;
        };
        if expression.get("constant_value").is_some() {
            return;
        }
        let references = references(expression);
        // `x[each.key]` is written as `x` and `each.key`.
        let keyed = references.iter().any(|r| matches!(*r, "each.key" | "count.index") || r.starts_with("each.value"));
        found.lose_if(references.is_empty());
        for reference in references {
            let names = segments(reference);
            let name = |at: usize| names.get(at).map(|segment| segment.name).unwrap_or_default();
            let key = names.get(1).and_then(|segment| segment.key).or(scope.key.filter(|_| keyed));
            match name(0) {
                "count" => {}
                "each" if name(1) == "key" => {}
                "each" => match scope.for_each.filter(|_| types.iter().any(|kind| self.is_identity(kind, name(2)))) {
                    Some(for_each) => {
                        let inner = EvalContext { for_each: None, ..scope };
                        self.follow_keyed(inner, for_each, types, hops, found);
                    }
                    None => found.lose(),
                },
                "var" => {
                    let argument = address::parent(scope.module).and_then(|(parent, call)| {
                        Some((parent, call, configuration.argument(parent, call.name, name(1))?))
                    });
                    match argument {
                        Some((parent, call, argument)) => {
                            let for_each =
                                configuration.module(parent).and_then(|m| m.calls.get(call.name)?.1.as_ref());
                            found.lose_if(self.derives(parent, &format!("module.{}", call.name), name(1)));
                            let outer = EvalContext { module: parent, key: call.key, for_each };
                            self.follow(outer, argument, types, hops, found);
                            // A part of an object: which part of the argument that is, is not said.
                            found.lose_if(names.len() > 2 || names.get(1).is_some_and(|segment| segment.key.is_some()));
                        }
                        None => found.lose(),
                    }
                }
                "module" => {
                    let modules = self.called(scope.module, name(1), key);
                    found.vague |= modules.len() != 1;
                    found.lose_if(modules.is_empty());
                    for module in modules {
                        found.lose_if(self.derives(&module, &format!("output.{}", name(2)), "value"));
                        let output = configuration.module(&module).and_then(|module| module.outputs.get(name(2)));
                        match output {
                            Some(output) => self.follow(
                                EvalContext { module: &module, key: None, for_each: None },
                                output,
                                types,
                                hops,
                                found,
                            ),
                            None => found.lose(),
                        }
                        found.lose_if(names.len() > 3 || names.get(2).is_some_and(|segment| segment.key.is_some()));
                    }
                }
                kind if types.contains(&kind) => {
                    let instances = self.instances(scope.module, &format!("{kind}.{}", name(1)), key);
                    found.add(instances);
                    // Any other attribute of one gives no name: it may be what a condition asks for.
                    found.vague |= !self.is_identity(kind, name(2));
                }
                // The global id of something else stands for that and nothing more, understood or not.
                kind if self.stack.types.provider_of(kind).is_some_and(|of| name(2) == of.global_id) => {}
                _ => found.lose(),
            }
        }
    }

    /// Whether the code of a module makes something of what an attribute of a block refers to.
    fn derives(&self, module: &str, block: &str, attribute: &str) -> bool {
        let calls = address::calls(module).into_iter().map(|call| format!("module.{}.", call.name));
        let address: String = calls.chain([block.to_owned()]).collect();
        self.stack.expressions.derives(&address, attribute)
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
        for reference in references(for_each) {
            let names = segments(reference);
            match names[..] {
                [kind, name] if types.contains(&kind.name) && name.key.is_none() => {
                    let instances = self.instances(scope.module, &format!("{}.{}", kind.name, name.name), scope.key);
                    found.add(instances);
                }
                _ => self.follow(scope, for_each, types, hops, found),
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

    /// Whether that attribute of a type names the resource. A reference to any other gives a value, not the resource.
    fn is_identity(&self, kind: &str, attribute: &str) -> bool {
        let found = || self.stack.types.find(kind);
        attribute.is_empty() || found().is_some_and(|kind| kind.identities().any(|name| name == attribute))
    }
}
