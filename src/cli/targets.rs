//! What `check` and `baseline` look at: the files, the estate that a plan is laid over, and where its code lies.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;

use super::Global;
use super::input::{self, Input, InputError};
use super::run::Subject;
use crate::collect::overlay::lay_over;
use crate::collect::source::{Code, InlineWaiver, find_source, locate_within};
use crate::collect::terraform::{Stated, StatedOf, StatedPlaces};
use crate::config::{Config, is_account, region_trouble, repository};
use crate::error::Error;
use crate::model::Inventory;
use crate::report::{Notice, NoticeLevel};

/// What is checked.
#[derive(Debug, Args)]
pub(super) struct Targets {
    /// Inventory files, Terraform plans or states; several merge; `-` is stdin
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Lay the plan over the live estate of this inventory; repeats
    #[arg(long, value_name = "INVENTORY")]
    against: Vec<PathBuf>,
    /// The Terraform code, for files and lines [default: here, or where the plan's blocks are found in the repository]
    #[arg(long, value_name = "DIR")]
    source: Option<PathBuf>,
    /// Account of the plan's providers, where the plan does not tell it; repeats, as in west=111122223333
    #[arg(long, value_name = "[ALIAS=]ID", value_parser = placed(account_trouble))]
    plan_account: Vec<Placed>,
    /// Region of the plan's providers, where the plan does not tell it; repeats, as in west=us-west-2
    #[arg(long, value_name = "[ALIAS=]NAME", value_parser = placed(region_trouble))]
    plan_region: Vec<Placed>,
}

/// An account or a region, and the provider that it is of.
#[derive(Clone, Debug)]
struct Placed {
    /// As Terraform writes it: `aws`, `aws.west`.
    provider: Option<String>,
    word: String,
}

/// Parses `west=us-west-2`, `aws.west=us-west-2` and `us-west-2`.
fn placed(
    trouble: fn(&str) -> Option<String>,
) -> impl Fn(&str) -> Result<Placed, String> + Clone + Send + Sync + 'static {
    move |text| {
        let (provider, word) = text.split_once('=').map_or((None, text), |(alias, word)| (Some(alias), word));
        let provider = provider.map(|alias| match alias {
            "aws" => alias.to_owned(),
            _ if alias.starts_with("aws.") => alias.to_owned(),
            _ => format!("aws.{alias}"),
        });
        match trouble(word) {
            None => Ok(Placed { provider, word: word.to_owned() }),
            Some(trouble) => Err(trouble),
        }
    }
}

fn account_trouble(text: &str) -> Option<String> {
    (!is_account(text)).then(|| "expected twelve digits".to_owned())
}

impl Targets {
    pub(super) fn read(&self, global: &Global, config: &Config) -> Result<Subject, Error> {
        let live = self.live(global)?;
        let stated = self.stated(config, live.as_ref().map(|live| &live.inventory));
        let mut input = input::read(&self.files, global.now(), &stated)?;
        let waivers = if input.is_terraform { self.locate(&mut input) } else { Vec::new() };
        let is_whole = !input.is_terraform || live.is_some();
        if let Some(live) = live {
            if !input.is_plan {
                let file = self.files.first().map(|file| file.display().to_string()).unwrap_or_default();
                return Err(InputError::NoPlan { file }.into());
            }
            let (after, notes) = lay_over(live.inventory, input.inventory);
            input.inventory = after;
            input.notices.extend(live.notices);
            notes.into_iter().for_each(|text| input.note(text));
        }
        Ok(Subject { input, waivers, is_whole })
    }

    /// What the plan is laid over.
    fn live(&self, global: &Global) -> Result<Option<Input>, InputError> {
        if self.against.is_empty() {
            return Ok(None);
        }
        for file in &self.against {
            // Each for itself: several of different sorts have an error of their own.
            if !input::is_stdin(file)
                && input::read(std::slice::from_ref(file), global.now(), &StatedPlaces::default())?.is_plan
            {
                return Err(InputError::AgainstPlan { file: file.display().to_string() });
            }
        }
        let live = input::read(&self.against, global.now(), &StatedPlaces::default())?;
        match live.is_plan {
            true => Err(InputError::AgainstPlan { file: "stdin".to_owned() }),
            false => Ok(Some(live)),
        }
    }

    /// Where the plan's providers work, by whoever says so: the flags, the configuration, the environment, the estate.
    fn stated(&self, config: &Config, live: Option<&Inventory>) -> StatedPlaces {
        let here = self.source.as_deref().unwrap_or(Path::new("."));
        let base = std::path::absolute(here).ok();
        let base = base.as_deref().and_then(repository).unwrap_or(here);
        let code = Code { here: here.to_owned(), base: base.to_owned(), search: self.source.is_none() };
        let mut places = StatedPlaces { code: Some(code), ..StatedPlaces::default() };
        for (flag, given, into) in [
            ("--plan-account", &self.plan_account, &mut places.accounts),
            ("--plan-region", &self.plan_region, &mut places.regions),
        ] {
            for Placed { provider, word } in given {
                let stated = |of| Stated { of, word: word.clone(), from: flag.to_owned() };
                match provider {
                    Some(provider) => into.push(stated(StatedOf::Provider(provider.clone()))),
                    None => into.push(stated(StatedOf::Default)),
                }
            }
        }
        for (provider, place) in &config.plans {
            let stated = |word: &String| Stated {
                of: StatedOf::Provider(provider.clone()),
                word: word.clone(),
                from: "'plans' in the configuration".to_owned(),
            };
            places.accounts.extend(place.account.iter().map(stated));
            places.regions.extend(place.region.iter().map(stated));
        }
        let silent =
            |word: &str, from: &str| Stated { of: StatedOf::Silent, word: word.to_owned(), from: from.to_owned() };
        let of_flag = self.plan_account.iter().find(|given| given.provider.is_none());
        places.accounts.extend(of_flag.map(|given| silent(&given.word, "--plan-account")));
        if let ([only], None) = (config.accounts.as_slice(), &config.organization) {
            places.accounts.push(silent(&only.id, "the only account of the configuration"));
        }
        if let Some(only) = live.and_then(only_account) {
            places.accounts.push(silent(only, "the only account of the live estate"));
        }
        for name in ["AWS_REGION", "AWS_DEFAULT_REGION"] {
            let set = std::env::var(name).ok().filter(|region| region_trouble(region).is_none());
            places.regions.extend(set.map(|region| silent(&region, name)));
        }
        places
    }

    /// Fills files and lines, and gives back the waivers in the code.
    fn locate(&self, input: &mut Input) -> Vec<InlineWaiver> {
        let here = self.source.as_deref().unwrap_or(Path::new("."));
        if !here.is_dir() {
            // The verdicts hold all the same, so they are shown; the run is in error.
            let what = "the directory of the root module, where terraform plan was run, is expected";
            input.trouble = Some(format!("--source '{}' is no directory: {what}", here.display()));
            return Vec::new();
        }
        let absolute = std::path::absolute(here).ok();
        let base = absolute.as_deref().and_then(repository).unwrap_or(here);
        let found = self.source.is_none().then(|| find_source(&input.inventory, here, base)).flatten();
        let source = found.as_deref().unwrap_or(here);
        let notes = locate_within(&mut input.inventory, source, base);
        if let Some(found) = &found {
            let found = found.strip_prefix(base).unwrap_or(found);
            input
                .note(format!("the Terraform code was found in {}; --source DIR names another place", found.display()));
        } else if input.inventory.resources.iter().all(|resource| resource.origin.location.is_none())
            && input.inventory.resources.iter().any(|resource| resource.origin.address.is_some())
        {
            let text = format!(
                "no code of these resources was found in '{}', so findings have no file and no line: \
                 --source DIR names the directory of the root module",
                here.display()
            );
            input.note(text);
        }
        let troubles = notes.troubles.into_iter();
        let warning = |trouble: String| Notice { level: NoticeLevel::Warning, text: trouble };
        input.notices.extend(troubles.map(|trouble| warning(trouble.to_string())));
        notes.waivers
    }
}

/// The account of an estate, if there is but one.
fn only_account(live: &Inventory) -> Option<&str> {
    let seen = live.coverage.iter().map(|row| row.account.as_str());
    let found = live.resources.iter().filter_map(|resource| resource.account());
    let accounts: BTreeSet<&str> = seen.chain(found).filter(|account| is_account(account)).collect();
    let mut accounts = accounts.into_iter();
    accounts.next().filter(|_| accounts.next().is_none())
}
