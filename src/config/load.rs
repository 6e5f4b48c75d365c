//! Finding and reading `seaworthy.yaml`.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::yaml::{LineMap, YamlError};
use super::{Config, check, yaml};

/// Where the configuration may stand, in every folder from the current one up to the repository's root.
pub const NAMES: [&str; 3] = ["seaworthy.yaml", "seaworthy.yml", ".github/seaworthy.yaml"];

/// What can be wrong with a configuration.
#[expect(missing_docs, reason = "the messages say it")]
#[derive(Debug, Error)]
pub enum ConfigError {
    #[error("cannot read the configuration '{file}': {source}")]
    Read { file: String, source: io::Error },
    #[error("{file}:{}{message}", line.map(|line| format!("{line}: ")).unwrap_or_else(|| " ".to_owned()))]
    Invalid { file: String, line: Option<u64>, message: String },
}

impl ConfigError {
    /// What the user can do about it.
    pub fn help(&self) -> Option<String> {
        let text = match self {
            Self::Read { .. } => "seaworthy init writes a configuration to start from, --no-config works without one",
            Self::Invalid { .. } => "seaworthy schema config describes every key",
        };
        Some(text.to_owned())
    }
}

/// A configuration, and where it came from.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// What it says.
    pub config: Config,
    /// As it is shown; `None` if there is none, and all is default.
    pub file: Option<String>,
    /// The same, relative to the repository's root, with `/`.
    pub file_in_repository: Option<String>,
    lines: LineMap,
}

impl Loaded {
    /// Reads the file.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let file = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|source| ConfigError::Read { file: file.clone(), source })?;
        let mut loaded = Self::parse(&file, &text)?;
        loaded.file_in_repository = in_repository(path);
        Ok(loaded)
    }

    /// Reads the text of the file of that name.
    pub fn parse(file: &str, text: &str) -> Result<Self, ConfigError> {
        let invalid = |YamlError { line, message }| ConfigError::Invalid { file: file.to_owned(), line, message };
        // Editors on Windows may write a byte order mark, which is no part of the YAML.
        let text = text.trim_start_matches('\u{feff}');
        let config: Config = yaml::read(text).map_err(invalid)?;
        let lines = LineMap::of(text);
        check::check(&config, &lines).map_err(invalid)?;
        Ok(Self { config, file: Some(file.to_owned()), file_in_repository: Some(file.to_owned()), lines })
    }

    /// The file that speaks for a folder: the first of [`NAMES`] in it or in a folder above, up to the repository's
    /// root. Outside of a repository only the folder itself is looked at.
    pub fn find(folder: &Path) -> Option<PathBuf> {
        let folders: Vec<_> = match repository(folder) {
            Some(root) => folder.ancestors().take_while(|above| above.starts_with(root)).collect(),
            None => vec![folder],
        };
        folders.iter().enumerate().find_map(|(up, above)| {
            let name = NAMES.iter().find(|name| above.join(name).is_file())?;
            Some(std::iter::repeat_n("..", up).collect::<PathBuf>().join(name))
        })
    }

    /// An error about what stands at a path of keys, with its line.
    pub(crate) fn error_at(&self, path: &[&str], message: String) -> ConfigError {
        let file = self.file.clone().unwrap_or_default();
        ConfigError::Invalid { file, line: self.lines.find(path), message }
    }

    /// Whether the file states something at a path of keys.
    pub(crate) fn has(&self, path: &[&str]) -> bool {
        self.lines.has(path)
    }

    /// `seaworthy.yaml:4: `, the place of what stands at a path of keys; empty where there is no file.
    pub(crate) fn place(&self, path: &[&str]) -> String {
        match (&self.file, self.lines.find(path)) {
            (Some(file), Some(line)) => format!("{file}:{line}: "),
            (Some(file), None) => format!("{file}: "),
            (None, _) => String::new(),
        }
    }
}

/// The nearest folder that holds a repository.
pub(crate) fn repository(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|above| above.join(".git").exists())
}

fn in_repository(path: &Path) -> Option<String> {
    let path = path.canonicalize().ok()?;
    let inside = path.strip_prefix(repository(path.parent()?)?).ok()?;
    let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Application, Gate, Span};
    use crate::model::{FailOn, Pattern};

    fn error(text: &str) -> String {
        Loaded::parse("seaworthy.yaml", text).unwrap_err().to_string()
    }

    #[test]
    fn a_configuration_is_read() {
        let text = "\u{feff}regions: [us-east-1]\naccounts:\n  - id: 012345678901\napplications:\n  orders:\n    tags: {app: orders}\n    pattern: warm-standby\n    rpo: 15m\ngate:\n  fail-on: critical\n";
        let loaded = Loaded::parse("seaworthy.yaml", text).unwrap();
        let orders = Application {
            tags: [("app".to_owned(), crate::config::OneOrMany::One("orders".to_owned()))].into(),
            pattern: Some(Pattern::WarmStandby),
            rpo: Some(Span { seconds: 900 }),
            ..Application::default()
        };
        let expected = Config {
            regions: vec!["us-east-1".to_owned()],
            accounts: vec![crate::config::Account { id: "012345678901".to_owned(), ..Default::default() }],
            applications: [("orders".to_owned(), orders)].into(),
            gate: Gate { fail_on: FailOn::Critical, ..Gate::default() },
            ..Config::default()
        };
        assert_eq!(loaded.config, expected);
        assert_eq!(Loaded::parse("x", "# nothing yet\n").unwrap().config, Config::default());
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let cases = [
            "regoins: [us-east-1]",
            "gate:\n  fail-on: hihg",
            "gate:\n  strict: maybe",
            "regions:\n  - us-east-1\nregions: []",
            "regions: us-east-1",
            "gate: strict",
            "applications:\n  a:\n    names: [a]\n    rpo: soon",
            "applications:\n  a:\n    names: [a]\n    rop: 4h",
            "applications:\n  a:\n    tags: {app: {x: y}}",
            "accounts:\n  - name: shop",
            "accounts:\n  - id: '123'",
            "accounts:\n  - id: '111122223333'\n    role: admin",
            "accounts:\n  - id: '111122223333'\n    role: arn:aws:iam::444455556666:role/x",
            "regions:\n  - us-east-1\n  - frankfurt",
            "recovery:\n  - from: us-east-1\n    to: us-east-1",
            "recovery:\n  - from: us-east-1\n    to: us-west-2\n    restore-role: restore",
            "recovery:\n  - from: us-east-1\n    to: us-west-2\n    to-account: '444455556666'\n    restore-role: arn:aws:iam::111122223333:role/r",
            "recovery:\n  - {from: us-east-1, to: us-west-2}\n  - {from: us-east-1, to: eu-west-1}",
            "applications:\n  a:\n    rpo: 4h",
            "severity:\n  backup-disabled: urgent",
            "estate:\n  without:\n    - efs\n    - dynamo",
            "estate:\n  without: [sqs]",
            "estate:\n  compute-from-code: true\n  with: [s3]",
            "regions: [US-EAST-1]",
            "recovery:\n  - from: us-east-1\n    to: us-wset-2",
            "applications:\n  a:\n    names: [a]\n    retention: 0d",
            "defaults:\n  retention: -7d",
            "organization:\n  role-name: arn:aws:iam::111122223333:role/x",
            "organization:\n  role-name: x\n  include-units: [production]",
            "regions: [us-east-1",
        ];
        let said: String = cases.iter().map(|text| format!("{}\n", error(text))).collect();
        insta::assert_snapshot!(said, @r"
        seaworthy.yaml:1: unknown key 'regoins' (did you mean 'regions'?)
        seaworthy.yaml:2: 'hihg' is not allowed here (did you mean 'high'?)
        seaworthy.yaml:2: expected true or false
        seaworthy.yaml:3: the key 'regions' stands here twice
        seaworthy.yaml:1: expected a list
        seaworthy.yaml:1: expected keys with values
        seaworthy.yaml:4: 'soon' is no span of time: expected a number and s, m, h, d or w, as in '15m'
        seaworthy.yaml:4: unknown key 'rop' (did you mean 'rpo'?)
        seaworthy.yaml:3: expected a text or a list of texts; numbers need quotes
        seaworthy.yaml:2: the key 'id' is missing
        seaworthy.yaml:2: '123' is no account id: expected twelve digits
        seaworthy.yaml:3: 'admin' is no role ARN: expected one like 'arn:aws:iam::111122223333:role/seaworthy'
        seaworthy.yaml:3: role 'arn:aws:iam::444455556666:role/x' is of account 444455556666, not of 111122223333
        seaworthy.yaml:3: 'frankfurt' is no region: expected a name like 'us-east-1'
        seaworthy.yaml:3: 'us-east-1' cannot come back in itself: 'to' has to be another region or account
        seaworthy.yaml:4: 'restore' is no role ARN: expected one like 'arn:aws:iam::111122223333:role/seaworthy'
        seaworthy.yaml:5: role 'arn:aws:iam::111122223333:role/r' is of account 111122223333, not of 444455556666
        seaworthy.yaml:3: 'us-east-1' has a recovery region already: only one can be meant
        seaworthy.yaml:2: application 'a' selects nothing: give it tags, names, accounts or regions
        seaworthy.yaml:2: 'urgent' is not allowed here (expected low, medium, high, critical)
        seaworthy.yaml:4: 'dynamo' is no service that is read (did you mean 'dynamodb'?)
        seaworthy.yaml:2: 'sqs' is no service that is read (known here: account, acm, apigateway, arcregionswitch, autoscaling, backup, cloudfront, cloudwatch, dlm, dsql, dynamodb, ec2, ecr, ecs, efs, eks, elasticache, elbv2, fsx, globalaccelerator, iam, kms, lambda, logs, organizations, rds, rdsofferings, redshift, redshiftserverless, route53, route53recoverycontrolconfig, s3, secretsmanager, servicequotas, ssm, compute)
        seaworthy.yaml:3: unknown key 'with' (known here: without, compute-from-code, all-in-code, rescue)
        seaworthy.yaml:1: there is no region 'US-EAST-1' (did you mean 'us-east-1'?)
        seaworthy.yaml:3: there is no region 'us-wset-2' (did you mean 'us-west-2'?)
        seaworthy.yaml:4: a retention of 0s keeps no backup: leave it out, or say how long
        seaworthy.yaml:2: '-7d' is no span of time: expected a number and s, m, h, d or w, as in '15m'
        seaworthy.yaml:2: 'arn:aws:iam::111122223333:role/x' is no role name: expected a name like 'seaworthy', no path and no ARN
        seaworthy.yaml:3: 'production' is no organizational unit: expected an id like 'ou-ab12-11111111'
        seaworthy.yaml:1: unclosed bracket '['
        ");
    }

    #[test]
    fn the_file_is_looked_for_up_to_the_root_of_the_repository() {
        let outside = tempfile::tempdir().unwrap();
        let root = outside.path().join("repository");
        let inner = root.join("infra/prod");
        std::fs::create_dir_all(&inner).unwrap();
        std::fs::write(outside.path().join("seaworthy.yaml"), "").unwrap();
        std::fs::create_dir_all(root.join(".git")).unwrap();
        assert_eq!(Loaded::find(&inner), None);
        std::fs::create_dir_all(root.join(".github")).unwrap();
        std::fs::write(root.join(".github/seaworthy.yaml"), "").unwrap();
        assert_eq!(Loaded::find(&inner), Some(PathBuf::from("../../.github/seaworthy.yaml")));
        assert_eq!(in_repository(&root.join(".github/seaworthy.yaml")).as_deref(), Some(".github/seaworthy.yaml"));
        std::fs::write(inner.join("seaworthy.yml"), "").unwrap();
        assert_eq!(Loaded::find(&inner), Some(PathBuf::from("seaworthy.yml")));
    }
}
