//! How the pipelines get the program: the release, verified; what has none is built.

use std::path::PathBuf;
use std::process::Command;

use insta::assert_snapshot;
use sha2::{Digest as _, Sha256};

use super::yaml;
use crate::tool::Tool;

/// A stand-in writes down what it was asked for.
const CURL: &str = r#"for url; do :; done
echo "curl $url" >> "$LOG"
cp "$RELEASE/${url##*/}" . 2>/dev/null || exit 22"#;
const GH: &str = r#"if [ "$ATTESTED" = nobody ]; then exit 1; fi
if [ "$3" = --help ]; then echo --source-digest; exit 0; fi
echo "gh $*" >> "$LOG"
test "$ATTESTED" = yes"#;
const CARGO: &str = r#"echo "cargo $*" >> "$LOG""#;

const VERSION: &str = env!("CARGO_PKG_VERSION");
const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

/// A folder with a release in it, and programs that stand in for those which need a network.
struct Runner {
    tool: Tool,
    programs: Vec<(&'static str, &'static str)>,
}

impl Runner {
    fn new(targets: &[&str]) -> Self {
        let tool = Tool::new().file("release/SHA256SUMS", "");
        let folder = tool.path().join("release");
        let mut sums = String::new();
        for target in targets {
            let name = format!("seaworthy-{VERSION}-{target}");
            std::fs::create_dir(folder.join(&name)).unwrap();
            std::fs::write(folder.join(&name).join("seaworthy"), "#!/bin/sh\n").unwrap();
            let archive = format!("{name}.tar.gz");
            let done = Command::new("tar").args(["-czf", &archive, &name]).current_dir(&folder).status().unwrap();
            assert!(done.success());
            let digest = Sha256::digest(std::fs::read(folder.join(&archive)).unwrap());
            sums.push_str(&format!("{digest:x}  {archive}\n"));
        }
        std::fs::write(folder.join("SHA256SUMS"), sums).unwrap();
        Self { tool, programs: vec![("curl", CURL), ("gh", GH), ("cargo", CARGO)] }
    }

    fn without(mut self, program: &str) -> Self {
        self.programs.retain(|(name, _)| *name != program);
        self
    }

    fn path(&self) -> PathBuf {
        self.tool.path().canonicalize().unwrap()
    }

    /// Runs a script. What it says, whom it asks for what, and the end.
    fn run(&self, shell: &[&str], variables: &[(&str, &str)]) -> String {
        use std::os::unix::fs::PermissionsExt as _;

        let folder = self.path();
        let programs = folder.join("programs");
        std::fs::create_dir_all(&programs).unwrap();
        for (name, script) in &self.programs {
            let program = programs.join(name);
            std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
            std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        let output = Command::new(shell[0])
            .args(&shell[1..])
            .current_dir(&folder)
            .env_clear()
            .env("PATH", format!("{}:/usr/bin:/bin", programs.display()))
            .env("LOG", folder.join("log"))
            .env("RELEASE", folder.join("release"))
            .env("GITHUB_OUTPUT", folder.join("outputs"))
            .env("TEMP", folder.join("temp"))
            .env("SEAWORTHY_ROOT", folder.join("temp"))
            .env("ACTION", env!("CARGO_MANIFEST_DIR"))
            .envs(variables.iter().copied())
            .output()
            .unwrap();
        let mut said = String::from_utf8(output.stdout).unwrap();
        for name in ["log", "outputs"] {
            said.push_str(&std::fs::read_to_string(folder.join(name)).unwrap_or_default());
        }
        said.push_str(&format!("[exit {}]", output.status.code().unwrap()));
        said.replace(&*folder.to_string_lossy(), "[folder]")
            .replace(env!("CARGO_MANIFEST_DIR"), "[action]")
            .replace(VERSION, "[version]")
    }

    /// The first step of the action, with what is not said as on a runner of GitHub that has everything.
    fn action(&self, variables: &[(&str, &str)]) -> String {
        let action = yaml("action.yml");
        let script = action["runs"]["steps"][0]["run"].as_str().unwrap();
        let mut all = vec![
            ("BINARY", ""),
            ("VERSION", ""),
            ("REF", concat!("v", env!("CARGO_PKG_VERSION"))),
            ("PLATFORM", "Linux-X64"),
            ("GITHUB_SERVER_URL", "https://github.com"),
            ("ATTESTED", "yes"),
        ];
        all.extend(variables);
        self.run(&["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script], &all)
    }

    /// The first script of the template, and what it would run then.
    fn gitlab(&self, variables: &[(&str, &str)]) -> String {
        let template = yaml("templates/gitlab-ci.yml");
        let script = template["seaworthy"]["script"][0].as_str().unwrap();
        let script = format!("{script}\necho \"$seaworthy in $PWD\"");
        let all = template["seaworthy"]["variables"].as_object().unwrap();
        let mut all: Vec<_> = all.iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap())).collect();
        all.retain(|(name, _)| *name != "SEAWORTHY_ROOT");
        all.extend(variables);
        self.run(&["sh", "-c", &script], &all)
    }
}

fn linux() -> Runner {
    Runner::new(&["x86_64-unknown-linux-musl", "aarch64-unknown-linux-musl"])
}

#[test]
fn the_action_takes_the_release_that_its_tag_names_once_it_is_verified() {
    assert_snapshot!(linux().action(&[]), @"
    seaworthy-[version]-x86_64-unknown-linux-musl.tar.gz: OK
    curl https://github.com/seaworthy-dr/seaworthy/releases/download/v[version]/seaworthy-[version]-x86_64-unknown-linux-musl.tar.gz
    curl https://github.com/seaworthy-dr/seaworthy/releases/download/v[version]/SHA256SUMS
    gh attestation verify seaworthy-[version]-x86_64-unknown-linux-musl.tar.gz --repo seaworthy-dr/seaworthy --signer-workflow seaworthy-dr/seaworthy/.github/workflows/release.yml --source-ref refs/tags/v[version]
    binary=[folder]/temp/seaworthy/seaworthy-[version]-x86_64-unknown-linux-musl/seaworthy
    [exit 0]
    ");
    // For another platform, and as the job asks for it.
    let mac = Runner::new(&["aarch64-apple-darwin"]);
    assert_snapshot!(mac.action(&[("PLATFORM", "macOS-ARM64"), ("REF", "main"), ("VERSION", VERSION)]), @"
    seaworthy-[version]-aarch64-apple-darwin.tar.gz: OK
    curl https://github.com/seaworthy-dr/seaworthy/releases/download/v[version]/seaworthy-[version]-aarch64-apple-darwin.tar.gz
    curl https://github.com/seaworthy-dr/seaworthy/releases/download/v[version]/SHA256SUMS
    gh attestation verify seaworthy-[version]-aarch64-apple-darwin.tar.gz --repo seaworthy-dr/seaworthy --signer-workflow seaworthy-dr/seaworthy/.github/workflows/release.yml --source-ref refs/tags/v[version]
    binary=[folder]/temp/seaworthy/seaworthy-[version]-aarch64-apple-darwin/seaworthy
    [exit 0]
    ");
    // Where nobody can verify the provenance, the checksum has to do.
    assert_snapshot!(linux().action(&[("ATTESTED", "nobody")]), @"
    seaworthy-[version]-x86_64-unknown-linux-musl.tar.gz: OK
    ::notice title=Seaworthy::the provenance of seaworthy-[version]-x86_64-unknown-linux-musl.tar.gz was not verified (no 'gh attestation'), its checksum was
    curl https://github.com/seaworthy-dr/seaworthy/releases/download/v[version]/seaworthy-[version]-x86_64-unknown-linux-musl.tar.gz
    curl https://github.com/seaworthy-dr/seaworthy/releases/download/v[version]/SHA256SUMS
    binary=[folder]/temp/seaworthy/seaworthy-[version]-x86_64-unknown-linux-musl/seaworthy
    [exit 0]
    ");
    assert_snapshot!(linux().action(&[("GITHUB_SERVER_URL", "https://github.example.com")]), @"
    seaworthy-[version]-x86_64-unknown-linux-musl.tar.gz: OK
    ::notice title=Seaworthy::the provenance of seaworthy-[version]-x86_64-unknown-linux-musl.tar.gz was not verified (no 'gh attestation'), its checksum was
    curl https://github.com/seaworthy-dr/seaworthy/releases/download/v[version]/seaworthy-[version]-x86_64-unknown-linux-musl.tar.gz
    curl https://github.com/seaworthy-dr/seaworthy/releases/download/v[version]/SHA256SUMS
    binary=[folder]/temp/seaworthy/seaworthy-[version]-x86_64-unknown-linux-musl/seaworthy
    [exit 0]
    ");
}

#[test]
fn the_action_uses_nothing_that_is_not_what_the_release_says() {
    assert_snapshot!(linux().action(&[("ATTESTED", "no")]), @"
    seaworthy-[version]-x86_64-unknown-linux-musl.tar.gz: OK
    ::error title=Seaworthy::the provenance of seaworthy-[version]-x86_64-unknown-linux-musl.tar.gz could not be verified
    curl https://github.com/seaworthy-dr/seaworthy/releases/download/v[version]/seaworthy-[version]-x86_64-unknown-linux-musl.tar.gz
    curl https://github.com/seaworthy-dr/seaworthy/releases/download/v[version]/SHA256SUMS
    gh attestation verify seaworthy-[version]-x86_64-unknown-linux-musl.tar.gz --repo seaworthy-dr/seaworthy --signer-workflow seaworthy-dr/seaworthy/.github/workflows/release.yml --source-ref refs/tags/v[version]
    [exit 1]
    ");
    let other = linux();
    let archive = other.path().join(format!("release/seaworthy-{VERSION}-x86_64-unknown-linux-musl.tar.gz"));
    std::fs::write(archive, "something else").unwrap();
    assert_snapshot!(other.action(&[]), @"
    seaworthy-[version]-x86_64-unknown-linux-musl.tar.gz: FAILED
    ::error title=Seaworthy::the checksum of seaworthy-[version]-x86_64-unknown-linux-musl.tar.gz is not that of the release
    curl https://github.com/seaworthy-dr/seaworthy/releases/download/v[version]/seaworthy-[version]-x86_64-unknown-linux-musl.tar.gz
    curl https://github.com/seaworthy-dr/seaworthy/releases/download/v[version]/SHA256SUMS
    [exit 1]
    ");
    let unnamed = linux();
    std::fs::write(unnamed.path().join("release/SHA256SUMS"), "").unwrap();
    assert_snapshot!(unnamed.action(&[]), @"
    ::error title=Seaworthy::the checksum of seaworthy-[version]-x86_64-unknown-linux-musl.tar.gz is not that of the release
    curl https://github.com/seaworthy-dr/seaworthy/releases/download/v[version]/seaworthy-[version]-x86_64-unknown-linux-musl.tar.gz
    curl https://github.com/seaworthy-dr/seaworthy/releases/download/v[version]/SHA256SUMS
    [exit 1]
    ");
    assert_snapshot!(linux().action(&[("VERSION", "0.1.0/../../evil")]), @"
    ::error title=Seaworthy::'[version]/../../evil' is not the version of a release, as in [version]
    [exit 1]
    ");
}

/// The version in `Cargo.toml` stays the same until the next release, so that it does not tell whether a commit is the release's.
#[test]
fn at_a_commit_the_action_takes_the_release_that_was_built_from_it_or_builds() {
    assert_snapshot!(linux().action(&[("REF", COMMIT)]), @"
    seaworthy-[version]-x86_64-unknown-linux-musl.tar.gz: OK
    curl https://github.com/seaworthy-dr/seaworthy/releases/download/v[version]/seaworthy-[version]-x86_64-unknown-linux-musl.tar.gz
    curl https://github.com/seaworthy-dr/seaworthy/releases/download/v[version]/SHA256SUMS
    gh attestation verify seaworthy-[version]-x86_64-unknown-linux-musl.tar.gz --repo seaworthy-dr/seaworthy --signer-workflow seaworthy-dr/seaworthy/.github/workflows/release.yml --source-digest 0123456789abcdef0123456789abcdef01234567
    binary=[folder]/temp/seaworthy/seaworthy-[version]-x86_64-unknown-linux-musl/seaworthy
    [exit 0]
    ");
    assert_snapshot!(linux().action(&[("REF", COMMIT), ("ATTESTED", "no")]), @"
    seaworthy-[version]-x86_64-unknown-linux-musl.tar.gz: OK
    ::notice title=Seaworthy::release [version] is not known to be built from commit 0123456789abcdef0123456789abcdef01234567
    curl https://github.com/seaworthy-dr/seaworthy/releases/download/v[version]/seaworthy-[version]-x86_64-unknown-linux-musl.tar.gz
    curl https://github.com/seaworthy-dr/seaworthy/releases/download/v[version]/SHA256SUMS
    gh attestation verify seaworthy-[version]-x86_64-unknown-linux-musl.tar.gz --repo seaworthy-dr/seaworthy --signer-workflow seaworthy-dr/seaworthy/.github/workflows/release.yml --source-digest 0123456789abcdef0123456789abcdef01234567
    cargo install --locked --no-default-features --root [folder]/temp/seaworthy --path [action]
    binary=[folder]/temp/seaworthy/bin/seaworthy
    [exit 0]
    ");
    assert_snapshot!(linux().action(&[("REF", COMMIT), ("ATTESTED", "nobody")]), @"
    seaworthy-[version]-x86_64-unknown-linux-musl.tar.gz: OK
    ::notice title=Seaworthy::release [version] is not known to be built from commit 0123456789abcdef0123456789abcdef01234567
    curl https://github.com/seaworthy-dr/seaworthy/releases/download/v[version]/seaworthy-[version]-x86_64-unknown-linux-musl.tar.gz
    curl https://github.com/seaworthy-dr/seaworthy/releases/download/v[version]/SHA256SUMS
    cargo install --locked --no-default-features --root [folder]/temp/seaworthy --path [action]
    binary=[folder]/temp/seaworthy/bin/seaworthy
    [exit 0]
    ");
}

#[test]
fn the_action_builds_what_has_no_release() {
    assert_snapshot!(linux().action(&[("REF", "main")]), @"
    cargo install --locked --no-default-features --root [folder]/temp/seaworthy --path [action]
    binary=[folder]/temp/seaworthy/bin/seaworthy
    [exit 0]
    ");
    assert_snapshot!(linux().action(&[("PLATFORM", "Linux-RISCV64"), ("VERSION", VERSION)]), @"
    ::notice title=Seaworthy::there is no release for Linux-RISCV64
    cargo install --locked --no-default-features --root [folder]/temp/seaworthy --version [version] seaworthy
    binary=[folder]/temp/seaworthy/bin/seaworthy
    [exit 0]
    ");
    assert_snapshot!(Runner::new(&[]).action(&[]), @"
    ::notice title=Seaworthy::release [version] could not be downloaded for Linux-X64
    curl https://github.com/seaworthy-dr/seaworthy/releases/download/v[version]/seaworthy-[version]-x86_64-unknown-linux-musl.tar.gz
    cargo install --locked --no-default-features --root [folder]/temp/seaworthy --path [action]
    binary=[folder]/temp/seaworthy/bin/seaworthy
    [exit 0]
    ");
    assert_snapshot!(linux().without("cargo").action(&[("REF", "main")]), @"
    ::error title=Seaworthy::seaworthy has to be built here, and there is no Rust; name a release with 'version'
    [exit 1]
    ");
    // Somebody has it already.
    assert_snapshot!(linux().action(&[("BINARY", "bin/seaworthy")]), @"
    binary=[folder]/bin/seaworthy
    [exit 0]
    ");
}

#[test]
fn the_gitlab_template_takes_the_release_once_it_is_verified_and_builds_where_there_is_none() {
    let machine = format!("{}-unknown-linux-musl", std::env::consts::ARCH);
    let said = |runner: Runner, variables: &[(&str, &str)]| runner.gitlab(variables).replace(&machine, "[target]");
    assert_snapshot!(said(linux(), &[("ATTESTED", "yes"), ("GH_TOKEN", "secret")]), @"
    seaworthy-[version]-[target].tar.gz: OK
    [folder]/temp/seaworthy-[version]-[target]/seaworthy in [folder]
    curl https://github.com/seaworthy-dr/seaworthy/releases/download/v[version]/seaworthy-[version]-[target].tar.gz
    curl https://github.com/seaworthy-dr/seaworthy/releases/download/v[version]/SHA256SUMS
    gh attestation verify seaworthy-[version]-[target].tar.gz --repo seaworthy-dr/seaworthy --source-ref refs/tags/v[version] --signer-workflow seaworthy-dr/seaworthy/.github/workflows/release.yml
    [exit 0]
    ");
    assert_snapshot!(said(linux(), &[("SEAWORTHY_RELEASES", "https://mirror.example.com/seaworthy")]), @"
    seaworthy-[version]-[target].tar.gz: OK
    [folder]/temp/seaworthy-[version]-[target]/seaworthy in [folder]
    curl https://mirror.example.com/seaworthy/v[version]/seaworthy-[version]-[target].tar.gz
    curl https://mirror.example.com/seaworthy/v[version]/SHA256SUMS
    [exit 0]
    ");
    assert_snapshot!(said(linux(), &[("ATTESTED", "no"), ("GH_TOKEN", "secret")]), @"
    seaworthy-[version]-[target].tar.gz: OK
    curl https://github.com/seaworthy-dr/seaworthy/releases/download/v[version]/seaworthy-[version]-[target].tar.gz
    curl https://github.com/seaworthy-dr/seaworthy/releases/download/v[version]/SHA256SUMS
    gh attestation verify seaworthy-[version]-[target].tar.gz --repo seaworthy-dr/seaworthy --source-ref refs/tags/v[version] --signer-workflow seaworthy-dr/seaworthy/.github/workflows/release.yml
    [exit 1]
    ");
    assert_snapshot!(said(linux(), &[("SEAWORTHY_SHA256", &"0".repeat(64))]), @"
    seaworthy-[version]-[target].tar.gz: FAILED
    curl https://github.com/seaworthy-dr/seaworthy/releases/download/v[version]/seaworthy-[version]-[target].tar.gz
    curl https://github.com/seaworthy-dr/seaworthy/releases/download/v[version]/SHA256SUMS
    [exit 1]
    ");
    assert_snapshot!(said(Runner::new(&[]), &[]), @"
    [folder]/temp/bin/seaworthy in [folder]
    curl https://github.com/seaworthy-dr/seaworthy/releases/download/v[version]/seaworthy-[version]-[target].tar.gz
    cargo install --locked --no-default-features --root [folder]/temp --version [version] seaworthy
    [exit 0]
    ");
    assert_snapshot!(said(Runner::new(&[]).without("cargo"), &[]), @"
    curl https://github.com/seaworthy-dr/seaworthy/releases/download/v[version]/seaworthy-[version]-[target].tar.gz
    [exit 2]
    ");
}
