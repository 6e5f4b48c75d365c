//! A record of drills that is kept in S3.

use std::process::Output;

use super::server::Moto;
use crate::live::command;
use crate::tool::Tool;

const CONFIG: &str = "\
recovery:
  - {from: us-east-1, to: us-west-2}
applications:
  shop: {tags: {app: shop}, rto: 1h}
drills:
  record: s3://drills/records/drills.ndjson
";

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn run(tool: &Tool, moto: &Moto, arguments: &str) -> Output {
    command(tool, &moto.url, ("testing", "testing"), arguments).output().unwrap()
}

/// In a bucket of another region than the caller's. Whoever writes at the same time loses nothing.
#[test]
fn an_object_is_added_to_and_read() {
    let moto = Moto::start();
    let tool = Tool::new().file("seaworthy.yaml", CONFIG);
    let none = run(&tool, &moto, "drill start shop --no-estate");
    assert_eq!(none.status.code(), Some(2), "{}", text(&none.stdout));
    let error = "error: the record s3://drills/records/drills.ndjson cannot be used: s3:GetObject failed: NoSuchBucket\n\
                 help: it needs s3:GetObject and s3:PutObject on that object, and s3:ListBucket on its bucket\n";
    assert_eq!(text(&none.stderr), error);
    moto.run("seed_bucket.py drills us-west-2");
    let empty = run(&tool, &moto, "drill show shop");
    assert_eq!(
        text(&empty.stderr).lines().next(),
        Some("error: there is no record of drills (s3://drills/records/drills.ndjson)")
    );
    let start = run(&tool, &moto, "drill start shop --no-estate");
    assert!(start.status.success(), "{}", text(&start.stderr));
    let notes = std::thread::scope(|scope| {
        let marks: Vec<_> = (0..4)
            .map(|number| {
                let (tool, moto) = (&tool, &moto);
                scope.spawn(move || run(tool, moto, &format!("drill mark shop step-{number}")))
            })
            .collect();
        marks.into_iter().map(|mark| mark.join().unwrap()).filter(|mark| mark.status.success()).count()
    });
    assert_eq!(notes, 4);
    let show = run(&tool, &moto, "drill show shop -f json");
    let history: serde_json::Value = serde_json::from_slice(&show.stdout).unwrap();
    assert_eq!(history["record"], "s3://drills/records/drills.ndjson");
    let mut steps: Vec<&str> =
        history["drills"][0]["steps"].as_array().unwrap().iter().filter_map(|step| step["name"].as_str()).collect();
    steps.sort_unstable();
    assert_eq!(steps, ["step-0", "step-1", "step-2", "step-3"]);
}
