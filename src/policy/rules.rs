//! What is asked of a policy: its definitions, and the statements in them that stand for themselves.

use std::collections::BTreeSet;
use std::sync::Arc;

use regorus::Engine;
use regorus::rvm::Program;
use regorus::unstable::{LiteralStmt, Module, Ref, Rule};

use super::analysis::{self, Analysis, Mistake, Reads};
use super::bundle::Asked;
use super::deny::denies;
use super::error::PLAN;
use super::header::Custom;
use super::rego::IMPURE;
use super::schema::{Nodes, Schema};
use super::{PolicyError, Source, engine};
use crate::model::{MEASURED, SEEN_RUNNING_ONLY};
use crate::policy::deny::is_deny;

/// The rules of a policy, parsed and understood.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    /// Its `deny` definitions.
    pub bodies: Vec<Question>,
    pub applies: Option<Question>,
    pub satisfied: Option<Question>,
    /// Whether the question arises by what is known to be there, where another policy answers for what is not known.
    pub arises: Option<Question>,
    /// It cannot fail without a fact that only the running estate shows.
    pub for_the_running: bool,
    /// It reads something that was measured.
    pub of_a_measurement: bool,
    /// Names of the joined facts that it reads: `copies`.
    pub joined: BTreeSet<String>,
    /// Where its rules are in the bundle, if a user wrote it.
    pub asked: Option<Asked>,
    /// A module of the questions that are no rules of the file.
    written: Option<String>,
    /// Compiled for regorus' machine, if it can compile all of it and no user wrote it.
    pub program: Option<Arc<Program>>,
}

/// Something that is asked of Rego.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    /// Its place among the policy's questions.
    pub index: usize,
    /// Rule path: `data.seaworthy.backup.backup_disabled.deny`.
    pub entry: String,
    pub reads: Reads,
    /// For each of its definitions, the statements that stand for themselves. If one of each is known to be false, the
    /// answer is no, whatever is unknown elsewhere.
    pub definitions: Vec<Vec<Self>>,
}

impl Question {
    /// The statements of all its definitions.
    pub(crate) fn conjuncts(&self) -> impl Iterator<Item = &Self> {
        self.definitions.iter().flatten()
    }
}

impl Rules {
    /// Of a built-in policy, not compiled yet.
    fn new(module: &Module, custom: &Custom, libraries: &[Ref<Module>]) -> Result<Self, PolicyError> {
        let modules = libraries.iter().map(AsRef::as_ref).chain([module]);
        let analysis = Analysis::new(Schema::of_resource(), Some(custom), modules);
        let mut splitter = Splitter::new(module, &analysis);
        let mut bodies =
            denies(module).enumerate().map(|(at, rule)| splitter.body(rule, at)).collect::<Result<Vec<_>, _>>()?;
        let mut applies = splitter.single("applies")?;
        let mut satisfied = splitter.single("satisfied")?;
        let mut arises = splitter.single("arises")?;
        let mut next = 0..;
        for root in bodies.iter_mut().chain(&mut applies).chain(&mut satisfied).chain(&mut arises) {
            root.index = next.next().unwrap_or_default();
            for conjunct in root.definitions.iter_mut().flatten() {
                conjunct.index = next.next().unwrap_or_default();
            }
        }
        let written = splitter.text();
        Ok(Self { written, ..Self::of(bodies, [applies, satisfied, arises]) })
    }

    /// Those of several built-in policies, compiled. They are prepared in one engine, so that the libraries are prepared
    /// once for all of them, and not kept for each.
    pub(crate) fn of_built_in(policies: &[(&Source, &Custom)], libraries: &Engine) -> Result<Vec<Self>, PolicyError> {
        let mut engine = libraries.clone();
        let libraries = engine.get_modules().clone();
        let mut all = Vec::with_capacity(policies.len());
        for (source, custom) in policies {
            let module = engine::add(&mut engine, source)?;
            check(source, &module)?;
            let rules = Self::new(&module, custom, &libraries)?;
            rules.write(&mut engine, source)?;
            all.push(rules);
        }
        let entry = all.iter().flat_map(Self::questions).next().map(|question| question.entry.clone());
        let Some((entry, (first, _))) = entry.zip(policies.first()) else { return Ok(all) };
        let prepared = engine::prepare(engine, &entry, &first.path)?;
        for (rules, (source, _)) in all.iter_mut().zip(policies) {
            let entries: Vec<_> = rules.questions().map(|question| question.entry.as_str()).collect();
            rules.program = engine::compile(&prepared, &entries, &source.path)?;
        }
        Ok(all)
    }

    /// An engine that holds the libraries, the file, and the questions that are no rules of the file.
    pub(crate) fn engine(&self, source: &Source, libraries: &Engine) -> Result<Engine, PolicyError> {
        let mut engine = libraries.clone();
        engine::add(&mut engine, source)?;
        self.write(&mut engine, source)?;
        Ok(engine)
    }

    fn write(&self, engine: &mut Engine, source: &Source) -> Result<(), PolicyError> {
        if let Some(text) = self.written.clone() {
            engine::add(engine, &Source { text, ..source.clone() })?;
        }
        Ok(())
    }

    /// The rules of a policy that a user wrote, as far as they say what it reads. They are run by [`super::rego`].
    pub(crate) fn written_by_user(module: &Module, custom: &Custom, all: &[Ref<Module>]) -> Result<Self, PolicyError> {
        let analysis = Analysis::new(Schema::of_resource(), Some(custom), all.iter().map(AsRef::as_ref));
        let question = |rules: Vec<&Rule>| -> Result<Option<Question>, PolicyError> {
            let mut reads: Option<Reads> = None;
            for rule in rules {
                let found = analysis.rule(module, rule).map_err(mistake)?;
                reads.get_or_insert_default().extend(&found);
            }
            Ok(reads.map(|reads| Question { index: 0, entry: String::new(), reads, definitions: Vec::new() }))
        };
        let of_name = |name: &str| {
            question(module.policy.iter().map(AsRef::as_ref).filter(|rule| analysis::rule_name(rule) == name).collect())
        };
        let bodies = denies(module).map(|rule| question(vec![rule]));
        let bodies = bodies.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
        let conditions = [of_name("applies")?, of_name("satisfied")?, of_name("arises")?];
        Ok(Self::of(bodies, conditions))
    }

    /// The rules of a policy that is asked about a plan as a whole. What it reads is free below the plan's sections.
    pub(crate) fn about_plans(module: &Module, custom: &Custom, all: &[Ref<Module>]) -> Result<Self, PolicyError> {
        let analysis = Analysis::new(Schema::of_plan(), Some(custom), all.iter().map(AsRef::as_ref));
        let is_asked = |rule: &&Rule| {
            let name = analysis::rule_name(rule);
            is_deny(name) || matches!(name, "applies" | "satisfied")
        };
        for rule in module.policy.iter().map(AsRef::as_ref).filter(is_asked) {
            analysis.rule(module, rule).map_err(|found| match mistake(found) {
                PolicyError::UnknownPath { file, line, path, hint, .. } => {
                    PolicyError::UnknownPath { file, line, path, of: PLAN, hint }
                }
                other => other,
            })?;
        }
        Ok(Self::of(Vec::new(), [None, None, None]))
    }

    fn of(bodies: Vec<Question>, conditions: [Option<Question>; 3]) -> Self {
        let [applies, satisfied, arises] = conditions;
        let schema = Schema::of_resource();
        let (running, measured) = (schema.below(SEEN_RUNNING_ONLY), schema.below(MEASURED));
        let reads = |question: &Question, of: &Nodes| question.reads.named.iter().any(|node| of.contains(*node));
        let roots = || bodies.iter().chain(&applies).chain(&satisfied).chain(&arises);
        let named = roots().flat_map(|question| &question.reads.named).map(|node| schema.nodes[*node].path.as_str());
        let joined = named.filter_map(|path| path.strip_prefix("joined.")?.split('.').next().map(str::to_owned));
        Self {
            for_the_running: !bodies.is_empty()
                && bodies.iter().all(|body| body.reads.deciding.iter().any(|node| running.contains(*node))),
            of_a_measurement: roots().any(|question| reads(question, &measured)),
            joined: joined.collect(),
            bodies,
            applies,
            satisfied,
            arises,
            asked: None,
            written: None,
            program: None,
        }
    }

    /// What verdicts begin with.
    pub(crate) fn roots(&self) -> impl Iterator<Item = &Question> {
        self.bodies.iter().chain(&self.applies).chain(&self.satisfied).chain(&self.arises)
    }

    /// Everything that can be asked, in the order of the indexes.
    pub(crate) fn questions(&self) -> impl Iterator<Item = &Question> {
        self.roots().flat_map(|root| std::iter::once(root).chain(root.conjuncts()))
    }
}

/// What regorus would accept in a built-in policy and we do not. [`super::rego`] looks at those of users.
pub(crate) fn check(source: &Source, module: &Module) -> Result<(), PolicyError> {
    for rule in &module.policy {
        if let Rule::Default { args, span, .. } = rule.as_ref()
            && !args.is_empty()
        {
            return Err(PolicyError::DefaultFunction { path: source.path.clone(), line: span.line });
        }
    }
    // Seldom any, so that the lines need not be gone through.
    let mentioned: Vec<_> = IMPURE.iter().filter(|name| source.text.contains(**name)).collect();
    let lines = source.text.lines().enumerate().filter(|_| !mentioned.is_empty());
    for (at, line) in lines {
        let code = line.split('#').next().unwrap_or_default();
        if let Some(name) = mentioned.iter().find(|name| code.contains(&format!("{name}("))) {
            return Err(PolicyError::Impure {
                path: source.path.clone(),
                line: u32::try_from(at + 1).unwrap_or(u32::MAX),
                name: (**name).to_string(),
            });
        }
    }
    Ok(())
}

/// Finds the questions. One that is no rule of the file yet, because it is one of several definitions or a statement
/// of one, is written as a rule of its own, so that it can be asked alone.
struct Splitter<'m, 'a> {
    module: &'m Module,
    analysis: &'a Analysis<'m>,
    package: String,
    /// The rules that were written.
    written: String,
}

impl<'m, 'a> Splitter<'m, 'a> {
    fn new(module: &'m Module, analysis: &'a Analysis<'m>) -> Self {
        Self { module, analysis, package: analysis::package(module), written: String::new() }
    }

    /// The module of the written rules: they belong to the file's package and see what it imports.
    fn text(self) -> Option<String> {
        if self.written.is_empty() {
            return None;
        }
        let mut text = format!("package {}\n", self.module.package.refr.span().text());
        for import in &self.module.imports {
            text.push_str(&format!("import {}", analysis::text_of(import.refr.span())));
            if let Some(name) = &import.r#as {
                text.push_str(&format!(" as {}", name.text()));
            }
            text.push('\n');
        }
        Some(text + &self.written)
    }

    fn single(&mut self, name: &str) -> Result<Option<Question>, PolicyError> {
        let rules: Vec<&'m Rule> = self.definitions(name).collect();
        let Some((first, rest)) = rules.split_first() else { return Ok(None) };
        let entry = format!("{}.{name}", self.package);
        let mut reads = self.reads(first)?;
        for rule in rest {
            reads.extend(&self.reads(rule)?);
        }
        let definitions = rules.iter().enumerate().map(|(at, rule)| self.conjuncts(rule, &format!("{name}__{at}")));
        let definitions = definitions.collect::<Result<_, _>>()?;
        Ok(Some(Question { index: 0, entry, reads, definitions }))
    }

    fn body(&mut self, rule: &'m Rule, at: usize) -> Result<Question, PolicyError> {
        let reads = self.reads(rule)?;
        let head = analysis::rule_name(rule);
        let name = format!("{head}__{at}");
        let definitions = vec![self.conjuncts(rule, &name)?];
        let is_alone = self.definitions(head).nth(1).is_none();
        let entry = if is_alone {
            head
        } else {
            let text = analysis::text_of(rule.span());
            self.written.push_str(&format!("\n{name}{}\n", text.strip_prefix(head).unwrap_or(text)));
            &name
        };
        Ok(Question { index: 0, entry: format!("{}.{entry}", self.package), reads, definitions })
    }

    fn conjuncts(&mut self, rule: &'m Rule, name: &str) -> Result<Vec<Question>, PolicyError> {
        let Rule::Spec { head, bodies, .. } = rule else { return Ok(Vec::new()) };
        let [body] = bodies.as_slice() else { return Ok(Vec::new()) };
        let locals = analysis::local_names(&body.query);
        let finding = analysis::finding(head);
        let mut parts = Vec::new();
        // Statements that share names are asked together, each time one more of them where that one reads something new:
        // a list that is known to be empty has no element of which something could be unknown.
        let mut sharing: Vec<&'m LiteralStmt> = Vec::new();
        let mut shared: Vec<(String, Reads)> = Vec::new();
        for statement in &body.query.stmts {
            let assigned = analysis::assigned(statement);
            if assigned.is_some() && assigned == finding {
                continue;
            }
            if words(analysis::text_of(&statement.span)).any(|word| locals.contains(word)) {
                sharing.push(statement);
                let part = self.part(&sharing)?;
                if shared.last().is_some_and(|(_, reads)| reads.all == part.1.all) {
                    shared.pop();
                }
                shared.push(part);
            } else {
                parts.push(self.part(&[statement])?);
            }
        }
        parts.extend(shared);
        let mut questions = Vec::new();
        for (text, reads) in parts.into_iter().filter(|(_, reads)| reads.all != Nodes::default()) {
            let entry = format!("{name}__if_{}", questions.len());
            self.written.push_str(&format!("\n{entry} if {{ {text} }}\n"));
            let entry = format!("{}.{entry}", self.package);
            questions.push(Question { index: 0, entry, reads, definitions: Vec::new() });
        }
        Ok(questions)
    }

    /// Statements that can be asked without the others, and what they read.
    fn part(&self, statements: &[&'m LiteralStmt]) -> Result<(String, Reads), PolicyError> {
        let reads = self.analysis.statements(self.module, statements).map_err(mistake)?;
        let mut texts: Vec<_> =
            statements.iter().map(|statement| analysis::text_of(&statement.span).to_owned()).collect();
        // The machine takes `x := …` for true where nothing comes of it, unless something uses the name (regorus 0.14.1,
        // findings/regorus-machine-assigns-nothing.sh).
        texts.extend(statements.iter().filter_map(|it| analysis::assigned(it)).map(|name| format!("{name} == {name}")));
        Ok((texts.join("\n"), reads))
    }

    fn definitions(&self, name: &str) -> impl Iterator<Item = &'m Rule> {
        self.module.policy.iter().map(AsRef::as_ref).filter(move |rule| analysis::rule_name(rule) == name)
    }

    fn reads(&self, rule: &'m Rule) -> Result<Reads, PolicyError> {
        self.analysis.rule(self.module, rule).map_err(mistake)
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

fn mistake(mistake: Mistake) -> PolicyError {
    match mistake {
        Mistake::Path { file, line, path, nearest } => {
            let hint = nearest.map(|near| format!(" (did you mean 'input.{near}'?)")).unwrap_or_default();
            PolicyError::UnknownPath { file, line, path, of: "the model", hint }
        }
        Mistake::Nonsense { file, line, message } => PolicyError::Nonsense { file, line, message },
    }
}
