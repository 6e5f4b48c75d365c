//! `demo`: what a new user sees first.

use insta::assert_snapshot;

use crate::tool::Tool;

#[test]
fn the_demo_says_what_a_scan_would_and_exits_0() {
    let transcript = Tool::new().run("demo --quiet");
    assert_snapshot!(transcript, @"
    $ seaworthy demo --quiet
    NOT RECOVERABLE in us-west-2: 12 blockers stand in the way of 2 of 3 applications
    gate failed: 19 critical and 10 high (--fail-on high), exit 1
    [stderr]
    a scan of this estate would exit 1 (gate failed); the demo itself exits 0
    [exit 0]
    ");
}

#[test]
fn the_demo_is_the_same_with_any_number_of_threads() {
    let tool = Tool::new();
    assert_eq!(tool.run("demo -f json"), tool.run("demo -f json --jobs 1").replace(" --jobs 1", ""));
}
