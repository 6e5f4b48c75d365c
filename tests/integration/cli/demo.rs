//! `demo`: what a new user sees first.

use insta::assert_snapshot;

use crate::tool::Tool;

#[test]
fn the_demo_says_what_a_scan_would_and_exits_0() {
    let transcript = Tool::new().run("demo --quiet");
    assert_snapshot!(transcript, @"");
}

#[test]
fn the_demo_is_the_same_with_any_number_of_threads() {
    let tool = Tool::new();
    assert_eq!(tool.run("demo -f json"), tool.run("demo -f json --jobs 1").replace(" --jobs 1", ""));
}
