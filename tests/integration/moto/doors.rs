//! The same estate through both doors: what is planned is made in the emulator and collected live, or held against
//! recorded answers where the emulator does not know it. Each fact that either side knows is the same on the other one, or
//! a table says why it is not.

mod after_apply;
mod compare;
mod exceptions;
mod excuses;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use seaworthy::collect::terraform;
use seaworthy::config::Config;
use seaworthy::link::link;
use seaworthy::model::{Inventory, Timestamp};

use super::live;
use super::server::Moto;
use crate::house::doors::{Doors, compared};
use crate::recorded::Recorded;
use crate::tool::Tool;
use compare::{Used, Verdict, compare};

/// Plans that moto makes, and what their snapshots are called: data and what keeps it; what runs, and how requests reach
/// it; what is left of the two; tables, buckets and file systems.
const MADE: [(&str, &str); 4] = [
    ("both-doors", "side-by-side"),
    ("both-doors-application", "side-by-side-application"),
    ("both-doors-edges", "side-by-side-edges"),
    ("both-doors-stores", "side-by-side-stores"),
];

/// Ids by address, of what was made or recorded.
type Ids = BTreeMap<String, Vec<String>>;

/// What came of all plans.
struct Seen {
    used: Used,
    /// Facts that differ, and nothing says why.
    open: Vec<String>,
}

#[test]
fn a_plan_and_the_estate_that_it_makes_say_the_same() {
    let mut seen = Seen { used: Used::new(), open: Vec::new() };
    let mut by_moto = BTreeSet::new();
    for (plan, snapshot) in MADE {
        let moto = Moto::start();
        let made = moto.run(&format!("apply_plan.py fixtures/plans/{plan}/plan.json"));
        let live = collected(&moto.url, ("testing", "testing"));
        by_moto.extend(seen.both_doors(plan, snapshot, live, &serde_json::from_str(&made).unwrap()));
    }
    let recorded = collected(&Recorded::serve("both-doors").url, ("recorded", "recorded"));
    let ids = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/aws/both-doors/made.json")).unwrap();
    let ids = serde_json::from_slice(&ids).unwrap();
    let by_record = seen.both_doors("both-doors-recorded", "side-by-side-recorded", recorded, &ids);
    assert_eq!(seen.open.join("\n"), "", "the plan and the live estate differ");
    assert_eq!(seen.used.idle(), BTreeSet::new(), "excuses that not all need that they are about");
    assert_eq!(by_moto, compared(Doors::Moto));
    assert_eq!(by_record.difference(&by_moto).copied().collect::<BTreeSet<_>>(), compared(Doors::Recorded));
}

fn collected(endpoint: &str, key: (&str, &str)) -> Inventory {
    let tool = Tool::new().file("seaworthy.yaml", "regions: [us-east-1, us-west-2]\n");
    let done = live(&tool, endpoint, key, "collect -o estate.ndjson");
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    Inventory::parse(&std::fs::read(tool.path().join("estate.ndjson")).unwrap()).unwrap()
}

impl Seen {
    /// Holds a plan against what was collected. Gives the kinds that are in it.
    fn both_doors(&mut self, name: &str, snapshot: &str, live: Inventory, ids: &Ids) -> BTreeSet<&'static str> {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/plans").join(name).join("plan.json");
        let plan = terraform::read(std::fs::read(file).unwrap(), "plan.json", Timestamp::UNIX_EPOCH).unwrap().inventory;
        // Zones of what stands in subnets are a matter of the links.
        let [plan, live] = [plan, live].map(|mut inventory| {
            link(&mut inventory, &Config::default(), Timestamp::UNIX_EPOCH);
            inventory
        });
        let addresses: BTreeMap<&str, &str> =
            ids.iter().flat_map(|(address, ids)| ids.iter().map(|id| (id.as_str(), address.as_str()))).collect();
        let mut table = String::new();
        let mut counts: BTreeMap<Verdict, usize> = BTreeMap::new();
        for planned in &plan.resources {
            let address = planned.origin.address.as_deref().unwrap();
            let found = live.resources.iter().find(|live| ids[address].contains(&live.id));
            let found = found.unwrap_or_else(|| panic!("{address} was made as {:?} and not collected", ids[address]));
            writeln!(table, "\n{address}").unwrap();
            for row in compare(name, planned, found, &addresses, &mut self.used) {
                writeln!(table, "  {}", row.line()).unwrap();
                *counts.entry(row.verdict).or_default() += 1;
                if row.verdict.is_open() {
                    self.open.push(format!("{address} {}", row.line()));
                }
            }
        }
        let numbers: Vec<_> = counts.iter().map(|(verdict, count)| format!("{count:4} {}", verdict.words())).collect();
        // Ids that are others in every run.
        let made_up = [
            (r"\b(acl|ami|pl|rtb|sg|snap)-[0-9a-f]{17}", "$1-…"),
            (r"rds!\w+-[0-9a-f-]{36}-\w{6}", "rds!…"),
            (r"\beks-[0-9a-f-]{36}", "eks-…"),
        ];
        insta::with_settings!({filters => made_up.to_vec()}, {
            insta::assert_snapshot!(snapshot, format!("{}\n{table}", numbers.join("\n")));
        });
        plan.resources.iter().map(|resource| resource.kind.name()).collect()
    }
}
