//! Transcripts of the command line.

mod against;
mod apps;
mod baseline;
mod bundles;
mod check;
mod configuration;
mod declared;
mod demo;
mod documents;
mod errors;
mod evidence;
mod frameworks;
mod graph;
mod orchestrate;
mod parts;
mod places;
mod policies;
mod region_switch;
mod stacks;
mod words;

use insta::assert_snapshot;

use crate::tool::Tool;

#[test]
fn the_help_has_the_exit_codes() {
    assert_snapshot!(Tool::new().run("-h"), @"
    $ seaworthy -h
    Can this estate be recovered in its recovery region, and what stands in the way?

    Usage: seaworthy [OPTIONS] <COMMAND>

    Commands:
      demo         Judge a bundled estate of two regions: no account, no credentials, no network
      scan         Collect and check in one go
      collect      Only collect, into an inventory file
      check        Only check: inventory files, Terraform plans and states
      report       Render a stored result (-f json) again, in any format; exits as its gate did
      graph        What resources are to each other, what leads nowhere, and what stands in for what; of
                   an application (by its name in the place of a file), its recovery in layers
      apps         Which applications there are, how large they are, and which data belongs to none
      ready        Can an application be recovered, in which order, how fast, and what stands in the
                   way: GO, NO-GO or CANNOT TELL
      drill        Write down what is done in a drill or an outage, and see what it has shown
      orchestrate  Payloads of the AWS DR Orchestrator Framework and plans of ARC Region switch: look at
                   one before it is run, or make one of the estate
      verify       Does an application work, now that it was recovered: VERIFIED, FAILED or CANNOT TELL
      explain      What a policy means for recovery, how to fix it, and what it maps to
      policy       List, test or start policies
      baseline     Keep the failures of today from failing the gate, until they get worse
      iam          Print the least privileges that a scan needs: a policy, or a role as a template
      doctor       Who am I, which accounts, regions and actions work, and what is missing; exits 4 if
                   something is
      init         Write a commented seaworthy.yaml to start from
      schema       Print the JSON Schema of a file: of the configuration, an inventory, a report or
                   waivers
      config       Check the configuration, without judging anything
      completions  Print completions for a shell
      man          Print the manual page, of seaworthy or of a subcommand
      help         Print this message or the help of the given subcommand(s)

    Options:
      -c, --config <FILE>  Configuration [default: seaworthy.yaml, looked for upwards to the root of the
                           repository] [env: SEAWORTHY_CONFIG]
          --no-config      Use no configuration file, even if there is one
      -q, --quiet          Print the answer and the gate only, and no progress
      -v, --verbose...     Log to stderr; twice for more
          --color <WHEN>   When to use colour [default: auto] [possible values: auto, always, never]
          --jobs <N>       Threads that judge [default: one a core]
      -h, --help           Print help (see more with '--help')
      -V, --version        Print version

    Exit codes, the same for every format:
      0  passed
      1  the gate failed: a policy of --fail-on or above; 'verify': a check failed
      2  usage, configuration or policy error
      3  nothing to judge
      4  evidence incomplete, under --strict; 'ready', 'orchestrate' and 'verify' cannot tell
    [exit 0]
    ");
}

/// With the SDK and without it.
#[test]
fn every_build_prints_the_permissions_that_a_scan_needs() {
    assert_snapshot!("iam", Tool::new().run("iam"));
}

#[test]
fn init_writes_a_configuration_once() {
    let tool = Tool::new();
    assert_snapshot!(tool.run("init"), @"
    $ seaworthy init
    wrote seaworthy.yaml; next: state your recovery regions in it, then seaworthy scan
    [exit 0]
    ");
    assert_eq!(tool.files(), ["seaworthy.yaml"]);
    assert_snapshot!(tool.run("init"), @"
    $ seaworthy init
    [stderr]
    error: 'seaworthy.yaml' is there already, and is not overwritten
    help: remove it first, or name another file: seaworthy init FILE
    [exit 2]
    ");
    // What it wrote is a configuration: the next command reads it.
    assert_snapshot!(tool.run("explain nothing-at-all"), @"
    $ seaworthy explain nothing-at-all
    [stderr]
    error: no policy is called 'nothing-at-all'
    help: seaworthy policy list names all policies, seaworthy explain their parameters
    [exit 2]
    ");
}

#[test]
fn completions_and_manual_pages_are_printed() {
    let tool = Tool::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        assert!(tool.run(&format!("completions {shell}")).contains("seaworthy"), "{shell}");
    }
    let page = tool.run("man policy test");
    assert!(page.contains(".TH seaworthy-policy-test 1"), "{page}");
    assert_snapshot!(tool.run("man polcy"), @"
    $ seaworthy man polcy
    [stderr]
    error: there is no command 'polcy' (did you mean 'policy'?)
    help: seaworthy --help lists the commands
    [exit 2]
    ");
}
