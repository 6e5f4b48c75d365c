//! What `check` and `baseline` look at: the files, the estate that a plan is laid over, and where its code lies.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clap::Args;

use super::args::Global;
use super::error::Error;
use super::input::{self, InputError, Piece};
use super::stacks::{self, InputFile};
use crate::collect::overlay::lay_over;
use crate::collect::source::{Code, InlineWaiver, find_source, locate_within};
use crate::collect::terraform::{Stated, StatedOf, StatedPlaces};
use crate::config::{Config, is_account, region_trouble, repository};
use crate::model::{Inventory, Notice};
use crate::pipeline::{Input, Subject};
use crate::text::did_you_mean;

/// What is checked.
#[derive(Debug, Default, Args)]
pub(super) struct Targets {
    /// Inventory files, Terraform plans or states; several are judged together; `-` is stdin
    #[arg(value_name = "FILE", required_unless_present = "plans")]
    files: Vec<PathBuf>,
    /// All plans as JSON that are found below this directory, judged together; repeats
    #[arg(long, value_name = "DIR")]
    plans: Vec<PathBuf>,
    /// Lay the plan over the live estate of this inventory; repeats
    #[arg(long, value_name = "INVENTORY")]
    against: Vec<PathBuf>,
    /// The Terraform code, for files and lines; repeats, as in orders.json=stacks/orders [default: here, beside the
    /// plan, or where its blocks are found in the repository]
    #[arg(long, value_name = "[PLAN=]DIR")]
    source: Vec<PathBuf>,
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
    /// These files, and nothing else.
    pub(super) fn of(files: &[PathBuf]) -> Self {
        Self { files: files.to_vec(), ..Self::default() }
    }

    /// What is named, if it is one thing.
    pub(super) fn only_name(&self) -> Option<&str> {
        match self.files.as_slice() {
            [one] if self.plans.is_empty() => one.to_str(),
            _ => None,
        }
    }

    pub(super) fn read(&self, global: &Global, config: &Config, documents: bool) -> Result<Subject, Error> {
        let live = self.live(global)?;
        let stated = self.stated(config, live.as_ref().map(|live| &live.inventory));
        let files = self.files()?;
        let mut pieces = input::read_each(&files, global.now(), &stated, documents)?;
        let waivers = self.locate(&mut pieces)?;
        let mut input = input::lay_together(pieces, &files)?;
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
            input.lend();
        }
        input.tell_not_judged();
        Ok(Subject { input, waivers, is_whole })
    }

    /// Those that are named and those that are found, each once.
    fn files(&self) -> Result<Vec<InputFile>, InputError> {
        let mut files: Vec<_> = self.files.iter().map(InputFile::from).collect();
        for folder in &self.plans {
            files.extend(stacks::below(folder)?);
        }
        let mut seen = BTreeSet::new();
        // One that is not there is an error that tells its name later.
        files.retain(|file| {
            input::is_stdin(&file.path) || file.path.canonicalize().map_or(true, |path| seen.insert(path))
        });
        Ok(files)
    }

    /// What the plan is laid over.
    fn live(&self, global: &Global) -> Result<Option<Input>, InputError> {
        if self.against.is_empty() {
            return Ok(None);
        }
        let files: Vec<_> = self.against.iter().map(InputFile::from).collect();
        let pieces = match input::read_each(&files, global.now(), &StatedPlaces::default(), false) {
            Err(InputError::Mixed { plan: file, .. }) => return Err(InputError::AgainstPlan { file }),
            pieces => pieces?,
        };
        if let Some(Piece { file, .. }) = pieces.iter().find(|piece| piece.input.is_plan) {
            let file = if input::is_stdin(file) { "stdin".to_owned() } else { file.display().to_string() };
            return Err(InputError::AgainstPlan { file });
        }
        input::lay_together(pieces, &files).map(Some)
    }

    /// Where the plan's providers work, by whoever says so: the flags, the configuration, the environment, the estate.
    fn stated(&self, config: &Config, live: Option<&Inventory>) -> StatedPlaces {
        // That of one plan among several has its name in front.
        let plain = self.source.iter().find(|source| source.is_dir() || !source.to_string_lossy().contains('='));
        let here = plain.map_or(Path::new("."), PathBuf::as_path);
        let base = std::path::absolute(here).ok();
        let base = base.as_deref().and_then(repository).unwrap_or(here);
        let code = Code { here: here.to_owned(), base: base.to_owned(), search: plain.is_none() };
        let all_in_code = config.estate.all_in_code && live.is_none();
        let mut places = StatedPlaces { code: Some(code), all_in_code, ..StatedPlaces::default() };
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

    /// Fills files and lines of each plan and state, and gives back the waivers in the code.
    fn locate(&self, pieces: &mut [Piece]) -> Result<Vec<InlineWaiver>, Error> {
        let sources = Sources::new(&self.source, pieces)?;
        let mut waivers = Vec::new();
        for (at, piece) in pieces.iter_mut().enumerate().filter(|(_, piece)| piece.input.is_terraform) {
            waivers.extend(sources.locate(at, piece));
        }
        Ok(waivers)
    }
}

/// Where the code of each plan lies, as far as the user says it.
struct Sources<'a> {
    /// By position of the plan.
    of_plan: BTreeMap<usize, PathBuf>,
    /// Of all others.
    of_all: Option<&'a Path>,
    /// The folders that the plans are in, by position.
    beside: Vec<Option<PathBuf>>,
}

impl<'a> Sources<'a> {
    fn new(given: &'a [PathBuf], pieces: &[Piece]) -> Result<Self, Error> {
        let beside = pieces.iter().map(|piece| piece.file.canonicalize().ok()?.parent().map(Path::to_owned)).collect();
        let mut sources = Self { of_plan: BTreeMap::new(), of_all: None, beside };
        for source in given {
            let text = source.to_string_lossy();
            let pair = text.split_once('=').filter(|_| !source.is_dir());
            let Some((plan, folder)) = pair else {
                if sources.of_all.replace(source).is_some() {
                    let help = "with several plans, --source PLAN=DIR names the code of one of them";
                    return Err(Error::usage("--source names more than one directory for the same plan", help));
                }
                continue;
            };
            let is_it = |piece: &Piece| piece.file == Path::new(plan) || piece.stack.as_deref() == Some(plan);
            let meant: Vec<_> = (0..pieces.len()).filter(|at| is_it(&pieces[*at])).collect();
            if meant.is_empty() {
                let files: Vec<_> = pieces.iter().map(|piece| piece.file.display().to_string()).collect();
                let stacks = pieces.iter().filter_map(|piece| piece.stack.as_deref());
                let hint = did_you_mean(plan, files.iter().map(String::as_str).chain(stacks));
                let message = format!("--source '{text}': no plan of this run is called '{plan}'{hint}");
                return Err(Error::usage(message, "expected DIR, or PLAN=DIR with the file or the stack of a plan"));
            }
            sources.of_plan.extend(meant.into_iter().map(|at| (at, PathBuf::from(folder))));
        }
        Ok(sources)
    }

    /// Fills files and lines of one of them.
    fn locate(&self, at: usize, Piece { input, file, stack }: &mut Piece) -> Vec<InlineWaiver> {
        let stated = self.of_plan.get(&at).map(PathBuf::as_path).or(self.of_all);
        let beside = file.parent().filter(|_| !input::is_stdin(file));
        let beside = beside.map(|folder| if folder == Path::new("") { Path::new(".") } else { folder });
        let working = Path::new(".");
        // Each of several plans has its own code, which is rather beside it than where the run is.
        let here = stated.or_else(|| beside.filter(|folder| stack.is_some() && is_below(folder, working)));
        let here = here.unwrap_or(working);
        if !here.is_dir() {
            // The verdicts hold all the same, so they are shown; the run is in error.
            let what = "the directory of the root module, where terraform plan was run, is expected";
            input.trouble = Some(format!("--source '{}' is no directory: {what}", here.display()));
            return Vec::new();
        }
        let top = if stack.is_some() && is_below(here, working) { working } else { here };
        let absolute = std::path::absolute(top).ok();
        let base = absolute.as_deref().and_then(repository).unwrap_or(top);
        // Code beside another plan is that plan's, with its waivers, however alike the two are.
        let is_of_another = |folder: &PathBuf| {
            let folder = folder.canonicalize().ok();
            folder.is_some() && self.beside[at] != folder && self.beside.contains(&folder)
        };
        let own = lay_loose(input);
        let found = stated.is_none().then(|| find_source(&input.inventory, here, base)).flatten();
        let found = found.filter(|folder| !is_of_another(folder));
        let source = found.as_deref().unwrap_or(here);
        let notes = locate_within(&mut input.inventory, source, base);
        if let Some(found) = &found {
            let found = found.strip_prefix(base).unwrap_or(found);
            let flag = if stack.is_some() { "PLAN=DIR" } else { "DIR" };
            let found = found.display();
            input.note(format!("the Terraform code was found in {found}; --source {flag} names another place"));
        } else if input.inventory.resources.iter().all(|resource| resource.origin.location.is_none())
            && input.inventory.resources.iter().any(|resource| resource.origin.address.is_some())
        {
            // Of several plans those that have no code are named together.
            let (place, flag) = match (&stack, stated) {
                (Some(_), None) => ("beside it or elsewhere in the repository".to_owned(), "PLAN=DIR"),
                _ => (format!("in '{}'", here.display()), "DIR"),
            };
            input.note(format!(
                "no code of these resources was found {place}, so findings have no file and no line: \
                 --source {flag} names the directory of the root module"
            ));
        }
        take_loose(input, own);
        input.notices.extend(notes.troubles.into_iter().map(|trouble| Notice::warning(trouble.to_string())));
        let own = |waiver: InlineWaiver| InlineWaiver { stack: stack.clone(), ..waiver };
        notes.waivers.into_iter().map(own).collect()
    }
}

/// Puts what stands for the resources of loose parts beside the others, so that its code is found, too. How many the others
/// are.
fn lay_loose(input: &mut Input) -> usize {
    let own = input.inventory.resources.len();
    let loose = input.loose.iter().filter_map(|parts| parts.of.as_ref());
    input.inventory.resources.extend(loose.map(|of| of.after.clone()));
    own
}

/// Takes it back, with what was found.
fn take_loose(input: &mut Input, own: usize) {
    let found = input.inventory.resources.split_off(own);
    let loose = input.loose.iter_mut().filter_map(|parts| parts.of.as_mut());
    loose.zip(found).for_each(|(of, found)| of.after = found);
}

/// Whether a folder is in the repository of another, or below it.
fn is_below(folder: &Path, working: &Path) -> bool {
    let (Ok(folder), Ok(working)) = (folder.canonicalize(), working.canonicalize()) else { return false };
    folder.starts_with(repository(&working).unwrap_or(&working))
}

/// The account of an estate, if there is but one.
fn only_account(live: &Inventory) -> Option<&str> {
    let seen = live.coverage.iter().map(|row| row.account.as_str());
    let found = live.resources.iter().filter_map(|resource| resource.account());
    let accounts: BTreeSet<&str> = seen.chain(found).filter(|account| is_account(account)).collect();
    let mut accounts = accounts.into_iter();
    accounts.next().filter(|_| accounts.next().is_none())
}
