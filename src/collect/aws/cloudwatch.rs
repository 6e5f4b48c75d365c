//! What CloudWatch measured of replication: how far what follows is behind, what waits, and what was given up. Asked for is
//! what it has had of late, in one call for all of it. File systems tell by themselves when they were replicated last.

mod series;

use aws_sdk_cloudwatch::Client;
use aws_sdk_cloudwatch::primitives::DateTime;
use aws_sdk_cloudwatch::types::{Metric, MetricDataQuery, MetricDataResult, MetricStat, RecentlyActive, ScanBy};
use futures::FutureExt as _;
use futures::future::BoxFuture;
use series::{METRIC, SERIES, Series, Told};

use super::read::{Listing, list, together};
use super::{Collector, Context, Locality, Sink, Spec, Trouble, client};
use crate::collect::actions;

const GET: &str = "cloudwatch:GetMetricData";

/// As far back as is looked, minutes: the same as what CloudWatch takes for active.
const PERIOD_MINUTES: u32 = 180;

/// Seconds of one value.
const STEP: i32 = 300;

/// Metrics that one call may ask for.
const AT_ONCE: usize = 500;

pub(crate) struct CloudWatch;

impl Collector for CloudWatch {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec = Spec {
            service: "cloudwatch",
            locality: Locality::Regional,
            kinds: &[METRIC],
            actions: actions::CLOUDWATCH,
        };
        &SPEC
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            let client = client!(cx, aws_sdk_cloudwatch);
            let mut asked: Vec<(&'static Series, Metric)> = Vec::new();
            for (series, listing) in SERIES.iter().zip(together(SERIES.iter().map(|one| active(&client, one))).await) {
                let metrics = out.listed(&[METRIC], listing)?.into_iter();
                asked.extend(metrics.filter(|metric| series.is_of(metric)).map(|metric| (series, metric)));
            }
            for part in asked.chunks(AT_ONCE) {
                let answer = ask(&client, part, cx).await;
                for (at, (series, metric)) in part.iter().enumerate() {
                    let Some(mut resource) = series.resource(metric, cx) else { continue };
                    match &answer {
                        Ok(results) => {
                            let told = Told::of(results.iter().filter(|it| it.id() == Some(&name(at))));
                            series.fill(&told, PERIOD_MINUTES, &mut resource);
                        }
                        Err(trouble) => {
                            let facts = ["measurement.at", "measurement.newest", "measurement.value"];
                            out.gap_at(&mut resource, &facts, trouble.clone());
                        }
                    }
                    out.push(resource);
                }
            }
            Ok(())
        }
        .boxed()
    }
}

/// Those that got a value of late.
async fn active(client: &Client, series: &Series) -> Listing<Metric> {
    let call = client.list_metrics().namespace(series.namespace).metric_name(series.metric);
    let pages = call.recently_active(RecentlyActive::Pt3H).into_paginator().send();
    list("cloudwatch:ListMetrics", pages).await.each(|page| page.metrics.unwrap_or_default())
}

/// The values of many, the newest first. Those of one may stand on several pages.
async fn ask(client: &Client, part: &[(&Series, Metric)], cx: &Context) -> Result<Vec<MetricDataResult>, Trouble> {
    let queries = part.iter().enumerate().map(|(at, (series, metric))| {
        let stat = MetricStat::builder().metric(metric.clone()).period(STEP).stat(series.measures.statistic()).build();
        MetricDataQuery::builder().id(name(at)).metric_stat(stat).build()
    });
    let now = cx.now.as_second();
    let call = client
        .get_metric_data()
        .set_metric_data_queries(Some(queries.collect()))
        .scan_by(ScanBy::TimestampDescending)
        .start_time(DateTime::from_secs(now - i64::from(PERIOD_MINUTES) * 60))
        .end_time(DateTime::from_secs(now));
    let listing = list(GET, call.into_paginator().send()).await;
    listing.each(|page| page.metric_data_results.unwrap_or_default()).whole()
}

/// What a query is called in its call.
fn name(at: usize) -> String {
    format!("q{at}")
}
