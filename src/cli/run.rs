//! The pipeline: read or collect, link, judge, assess, report.

use std::path::PathBuf;

use clap::Args;

use super::format::Outputs;
use super::input::{self, Input};
use super::{FilterArgs, Global, JudgeArgs, OutputArgs, policy, select};
use crate::assess::{self, Estate, Settings};
use crate::config::Loaded;
use crate::error::{Error, Exit};
use crate::link::link;
use crate::model::{Inventory, Resource};
use crate::policy::{Backend, Judged, Options, PolicySet, judge};
use crate::report::{Notice, NoticeLevel, Report};
use crate::text::did_you_mean;
use crate::verdict::Outcome;

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Inventory files, Terraform plans or states; several merge; `-` is stdin
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    judge: JudgeArgs,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn check(global: &Global, args: &CheckArgs) -> Result<Exit, Error> {
    let pipeline = Pipeline::new(global, &args.judge, &args.filter, &args.output)?;
    pipeline.run(input::read(&args.files)?)
}

/// Everything that a run needs beside what it judges. It is made first, so that a typo costs no scan.
pub(super) struct Pipeline<'a> {
    global: &'a Global,
    judge: &'a JudgeArgs,
    filter: &'a FilterArgs,
    show: Vec<Outcome>,
    outputs: Outputs,
    pub loaded: Loaded,
    policies: PolicySet,
}

impl<'a> Pipeline<'a> {
    pub(super) fn new(
        global: &'a Global,
        judge: &'a JudgeArgs,
        filter: &'a FilterArgs,
        output: &OutputArgs,
    ) -> Result<Self, Error> {
        let loaded = global.load()?;
        let outputs = Outputs::open(global, output, &loaded)?;
        let mut policies = policy::load(&judge.policies, &loaded)?;
        select::apply(&mut policies, &judge.select, &judge.skip)?;
        let applications = &loaded.config.applications;
        if let Some(name) = filter.app.iter().find(|name| !applications.contains_key(name.as_str())) {
            let hint = did_you_mean(name, applications.keys().map(String::as_str));
            let message = format!("the configuration has no application '{name}'{hint}");
            return Err(Error::usage(message, "applications are stated in seaworthy.yaml, under 'applications'"));
        }
        Ok(Self { global, judge, filter, show: output.outcomes(), outputs, loaded, policies })
    }

    /// Judges what was read or collected, and writes the report.
    pub(super) fn run(self, input: Input) -> Result<Exit, Error> {
        let report = self.report(input)?;
        let exit = Exit::of(report.gate.exit_code);
        self.outputs.write(&report)?;
        Ok(exit)
    }

    fn report(&self, input: Input) -> Result<Report, Error> {
        let Input { mut inventory, not_understood, mut notices } = input;
        let config = &self.loaded.config;
        notices.extend(self.loaded.notice());
        let notes = link(&mut inventory, config, self.global.now());
        notices.extend(notes.into_iter().map(|text| Notice { level: NoticeLevel::Note, text }));
        let judged = self.judged(&mut inventory)?;
        let settings = Settings {
            now: self.global.now(),
            show: &self.show,
            fail_on: self.judge.fail_on.unwrap_or(config.gate.fail_on),
            strict: self.judge.strict || config.gate.strict,
            scope: self.judge.gate.unwrap_or(config.gate.scope),
            waiver: &|_, _, _| None,
            waiver_trouble: None,
            applications: &config.applications.keys().cloned().collect::<Vec<_>>(),
            notices,
            not_understood,
        };
        let estate = Estate { inventory: &inventory, judged: &judged };
        Ok(assess::assess(&self.policies, estate, None, settings))
    }

    /// Judges the resources that the filters leave. They are taken away only now: linking had to see all.
    fn judged(&self, inventory: &mut Inventory) -> Result<Judged, Error> {
        inventory.resources.retain(|resource| self.filter.wants(resource));
        let decisive = [Outcome::Fail, Outcome::Unknown, Outcome::Error];
        let options = Options {
            jobs: self.global.jobs.map_or(0, usize::from),
            keep: Outcome::ALL.into_iter().filter(|o| decisive.contains(o) || self.show.contains(o)).collect(),
            backend: Backend::default(),
        };
        Ok(judge(&self.policies, &inventory.resources, &options)?)
    }
}

impl FilterArgs {
    fn wants(&self, resource: &Resource) -> bool {
        let among = |wanted: &[String], found: Option<&str>| {
            wanted.is_empty() || found.is_some_and(|found| wanted.iter().any(|wanted| wanted == found))
        };
        let applications = || resource.joined.as_ref()?.applications.known();
        among(&self.account, resource.account())
            && among(&self.region, resource.region())
            && (self.app.is_empty()
                || applications().is_some_and(|names| names.iter().any(|name| self.app.contains(name))))
    }
}
