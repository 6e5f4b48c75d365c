//! How long the stages of the pipeline take on a synthetic estate: parse, link, judge, assess, and report as JSON. And what it
//! takes to join recovery points to resources, against what judging those resources alone does:
//!
//! ```text
//! cargo bench --no-default-features -- points
//! ```

#![expect(clippy::expect_used, reason = "a benchmark that cannot start has nobody to tell")]

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use seaworthy::assess::{AskedFrameworks, Narrowed, Settings, assess};
use seaworthy::config::{Config, RecoveryPair, Span};
use seaworthy::link::link;
use seaworthy::model::{FailOn, GateScope, Inventory, Pattern};
use seaworthy::policy::{Backend, Expects, Options, PolicySet, judge};
use seaworthy::report::{Render, reporter};
use seaworthy::result::Outcome;

#[path = "../examples/estate/synthetic.rs"]
mod synthetic;

const RESOURCES: usize = 10_000;

/// What a real configuration has: a recovery pair, and applications by tag.
fn config() -> Config {
    let mut config = Config::default();
    config.recovery.push(RecoveryPair {
        from: synthetic::EAST.to_owned(),
        to: synthetic::WEST.to_owned(),
        account: None,
        to_account: None,
        keys: Default::default(),
        restore_role: None,
    });
    for number in 0..40 {
        let mut application = seaworthy::config::Application::default();
        let name = format!("app-{number:02}");
        application.tags.insert("app".to_owned(), seaworthy::config::OneOrMany::One(name.clone()));
        application.pattern = Some(Pattern::ALL[number % Pattern::ALL.len()]);
        application.rpo = Some(Span { seconds: 900 });
        config.applications.insert(name, application);
    }
    config
}

fn stages(criterion: &mut Criterion) {
    let estate = synthetic::estate(RESOURCES);
    let (config, now) = (config(), estate.collected_at);
    let mut text = Vec::new();
    estate.write(&mut text).expect("writing to memory");
    let mut linked = estate.clone();
    link(&mut linked, &config, now);
    let policies = PolicySet::load(&[], &[], Expects::default()).expect("the built-in policies load");
    let show = [Outcome::Fail, Outcome::Unknown, Outcome::Waived, Outcome::Error];
    let options = Options { jobs: 0, keep: show.to_vec(), backend: Backend::Compiled, documents: Default::default() };
    let judged = judge(&policies, &linked.resources, &options).expect("the built-in policies judge");
    let report = || {
        let settings = Settings {
            now,
            show: &show,
            fail_on: FailOn::High,
            strict: false,
            scope: GateScope::Introduced,
            waiver: &|_, _, _, _| None,
            waiver_trouble: None,
            narrowed: Narrowed::default(),
            statement: &config.estate,
            applications: &[],
            configuration: Vec::new(),
            notices: Vec::new(),
            not_understood: Default::default(),
            planned: Vec::new(),
            incomplete: Vec::new(),
            stack: None,
            behind: Default::default(),
            trouble: None,
            frameworks: AskedFrameworks { frameworks: &[], policies: &policies, services: &[] },
        };
        assess(&policies, &linked, judged.clone(), None, settings)
    };
    let json = reporter("json").expect("the format is there");
    let (done, how) = (
        report(),
        Render {
            width: 80,
            color: false,
            quiet: false,
            compact: false,
            fallback_file: String::new(),
            sarif_waived: false,
            summary_file: None,
        },
    );

    let mut group = criterion.benchmark_group(format!("{RESOURCES} resources"));
    group.sample_size(10).throughput(criterion::Throughput::Elements(RESOURCES as u64));
    group.bench_function("parse", |bench| bench.iter(|| Inventory::parse(black_box(&text))));
    group.bench_function("link", |bench| {
        let fresh = || estate.clone();
        bench.iter_batched_ref(fresh, |estate| link(estate, &config, now), BatchSize::LargeInput);
    });
    group.bench_function("judge", |bench| bench.iter(|| judge(&policies, black_box(&linked.resources), &options)));
    group.bench_function("assess", |bench| bench.iter(report));
    group.bench_function("report", |bench| bench.iter(|| json.write(black_box(&done), &how, &mut std::io::sink())));
    group.finish();
}

const POINTS: usize = 100_000;
const OF_RESOURCES: usize = 20_000;

/// Joining has to take at most 1.2 times what judging takes.
fn points(criterion: &mut Criterion) {
    let (alone, with) = (synthetic::with_points(OF_RESOURCES, 0), synthetic::with_points(OF_RESOURCES, POINTS));
    let (config, now) = (config(), alone.collected_at);
    let mut linked = alone.clone();
    link(&mut linked, &config, now);
    let policies = PolicySet::load(&[], &[], Expects::default()).expect("the built-in policies load");
    let show = vec![Outcome::Fail, Outcome::Unknown, Outcome::Waived, Outcome::Error];
    let options = Options { jobs: 0, keep: show, backend: Backend::Compiled, documents: Default::default() };

    let mut group = criterion.benchmark_group(format!("{POINTS} points of {OF_RESOURCES} resources"));
    group.sample_size(10);
    for (name, estate) in [("join the resources alone", &alone), ("join both", &with)] {
        group.bench_function(name, |bench| {
            let fresh = || estate.clone();
            bench.iter_batched_ref(fresh, |estate| link(estate, &config, now), BatchSize::LargeInput);
        });
    }
    group.bench_function("judge the resources alone", |bench| {
        bench.iter(|| judge(&policies, black_box(&linked.resources), &options));
    });
    group.finish();
}

criterion_group!(pipeline, stages, points);
criterion_main!(pipeline);
