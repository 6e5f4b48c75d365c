//! The `# METADATA` header of a policy: the only place where its title, severity, remediation and what it is about stand.

mod about;
mod parameter;
mod remediation;
mod severity;

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{PolicyError, remedy};
use crate::model::{KINDS, Kind};
use crate::text;
use about::Word;
pub(crate) use parameter::Parameter;
pub(crate) use remediation::Remediation;
pub(crate) use severity::{BlockerRule, SeverityRule};

/// The kind of a plan as a whole.
pub(crate) const PLAN: &str = "terraform.plan";

/// The header, as OPA defines it; `custom` is ours.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Header {
    /// States the problem, as a sentence without a full stop.
    pub title: String,
    /// What it means for recovery.
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub related_resources: Vec<Reference>,
    /// OPA's own keys, which the host does not use.
    #[serde(default, rename = "scope")]
    _scope: Option<String>,
    #[serde(default, rename = "authors")]
    _authors: Vec<String>,
    #[serde(default, rename = "organizations")]
    _organizations: Vec<String>,
    pub custom: Custom,
    /// The file has none: it was written for another tool.
    #[serde(skip)]
    pub is_made_up: bool,
}

/// A link to read on.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reference {
    #[serde(rename = "ref")]
    pub link: String,
    #[serde(default, rename = "description")]
    _description: String,
}

/// Our part of the header.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Custom {
    /// Kebab-case name of the problem; the file is named after it.
    pub id: String,
    pub severity: SeverityRule,
    /// A failure makes recovery impossible as the pattern promises it, not merely slower.
    #[serde(default)]
    pub blocker: BlockerRule,
    /// The kinds that it is asked about: those of `kinds`, or what `for` and `except` come to.
    #[serde(skip)]
    pub kinds: Vec<Kind>,
    /// Names of kinds, as they are listed one by one.
    #[serde(default, rename = "kinds", deserialize_with = "about::list")]
    listed: Option<Vec<String>>,
    /// Classes, facets and kinds that it is about.
    #[serde(default, rename = "for", deserialize_with = "about::list")]
    about: Option<Vec<Word>>,
    /// Those of them that it is not about all the same.
    #[serde(default, deserialize_with = "about::list")]
    except: Option<Vec<Word>>,
    /// It judges a change, and is asked only about resources that a plan touches.
    #[serde(default)]
    pub change: bool,
    /// Read as `data.parameters[id][name]`.
    #[serde(default)]
    pub parameters: BTreeMap<String, Parameter>,
    #[serde(default)]
    pub remediation: Remediation,
    /// Framework id → requirements that it answers.
    #[serde(default)]
    pub frameworks: BTreeMap<String, Vec<String>>,
    /// Ids that it had before.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Whether a waiver may cover it.
    #[serde(default = "yes")]
    pub waivable: bool,
}

fn yes() -> bool {
    true
}

impl Custom {
    /// Of a policy without a header, written for another tool.
    pub(crate) fn foreign(id: String, severity: SeverityRule, kinds: Vec<Kind>) -> Self {
        Self {
            id,
            severity,
            blocker: BlockerRule::default(),
            kinds,
            listed: None,
            about: None,
            except: None,
            change: false,
            parameters: BTreeMap::new(),
            remediation: Remediation::default(),
            frameworks: BTreeMap::new(),
            aliases: Vec::new(),
            waivable: true,
        }
    }

    /// The kinds that it is asked about. The error comes with what stands on its line.
    fn judged(&self) -> Result<Vec<Kind>, (&str, String)> {
        match (&self.listed, &self.about) {
            (Some(_), Some(_)) => {
                Err(("kinds:", "'for' and 'kinds' exclude each other: name the kinds in 'for'".to_owned()))
            }
            (None, None) => {
                Err(("custom:", "'for' is missing: what the policy is about, as in 'for: [database]'".to_owned()))
            }
            (None, Some(about)) if about.is_empty() => Err(("for:", NEVER.replace("KEY", "for"))),
            (None, Some(about)) => {
                let except = self.except.as_deref().unwrap_or_default();
                about::kinds(about, except).map_err(|message| ("except:", message))
            }
            (Some(_), None) if self.except.is_some() => {
                Err(("except:", "'except' belongs to 'for': leave the kind out of 'kinds'".to_owned()))
            }
            (Some(listed), None) if listed.is_empty() => Err(("kinds:", NEVER.replace("KEY", "kinds"))),
            (Some(listed), None) => listed.iter().map(|name| listed_kind(name)).collect(),
        }
    }
}

const NEVER: &str = "'KEY' is empty, so the policy would never be asked";

fn listed_kind(name: &str) -> Result<Kind, (&str, String)> {
    let hint = || text::did_you_mean(name, KINDS.iter().map(|info| info.name));
    Kind::find(name).ok_or_else(|| (name, format!("unknown kind '{name}'{}", hint())))
}

/// Whether an annotation has our `custom`: other tools have ids and severities in theirs, too.
fn is_ours(annotation: &str) -> bool {
    let Ok(serde_json::Value::Object(all)) = serde_saphyr::from_str::<serde_json::Value>(annotation) else {
        let has = |key: &str| annotation.lines().any(|line| line.trim_start().starts_with(key));
        return has("kinds:") || (has("for:") && has("id:"));
    };
    let Some(custom) = all.get("custom").and_then(serde_json::Value::as_object) else { return false };
    let is_near = |key: &String| CUSTOM.contains(&key.as_str()) || text::nearest(key, CUSTOM).is_some();
    // Other tools write `severity: HIGH`.
    let is_loud =
        custom.get("severity").and_then(serde_json::Value::as_str).is_some_and(|word| word == word.to_uppercase());
    let has = |key: &str| custom.contains_key(key);
    has("kinds") || (has("id") && (has("for") || custom.keys().all(is_near) && !is_loud))
}

impl Header {
    /// Of a policy without a header, written for another tool.
    pub(crate) fn foreign(title: String, custom: Custom) -> Self {
        Self {
            title,
            description: String::new(),
            related_resources: Vec::new(),
            _scope: None,
            _authors: Vec::new(),
            _organizations: Vec::new(),
            custom,
            is_made_up: true,
        }
    }

    /// The header in a file that a user wrote. Annotations that OPA has for others, without our `custom`, are none.
    pub(crate) fn of_user(path: &str, source: &str) -> Result<Option<Self>, PolicyError> {
        let mut rest = source;
        while let Some(start) = rest.lines().position(|line| line.trim_end() == "# METADATA") {
            let block: Vec<&str> = rest.lines().skip(start + 1).map_while(|line| line.strip_prefix('#')).collect();
            let text = block.iter().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n");
            if is_ours(&text) {
                let before = source.len() - rest.len();
                let skipped: String = source[..before].lines().map(|_| "\n").collect();
                return Self::read(
                    path,
                    &(skipped + rest.split_inclusive('\n').skip(start).collect::<String>().as_str()),
                );
            }
            let taken: usize = rest.split_inclusive('\n').take(start + 1).map(str::len).sum();
            rest = rest.get(taken..).unwrap_or_default();
        }
        Ok(None)
    }

    /// Reads the block of comments that starts with `# METADATA`. `None`: the file has none.
    pub(crate) fn read(path: &str, source: &str) -> Result<Option<Self>, PolicyError> {
        let mut lines = source.lines().enumerate().skip_while(|(_, line)| line.trim_end() != "# METADATA");
        let Some((start, _)) = lines.next() else { return Ok(None) };
        let yaml: String = lines
            .map_while(|(_, line)| line.strip_prefix('#'))
            .map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line)))
            .collect();
        let mut header: Self = serde_saphyr::from_str(&yaml).map_err(|error| {
            let line = error.location().map_or(0, |location| location.line() as usize);
            PolicyError::Header { path: path.to_owned(), line: start + 1 + line, message: plain(&error) }
        })?;
        header.check(path, source, start + 1)?;
        Ok(Some(header))
    }

    fn check(&mut self, path: &str, source: &str, start: usize) -> Result<(), PolicyError> {
        // A key begins its line; what else contains the same word may stand in the description before it.
        let is_at = |line: &str, word: &str| match word.ends_with(':') {
            true => line.trim_start_matches(['#', ' ']).starts_with(word),
            false => line.contains(word),
        };
        let line_of = |word: &str| {
            source.lines().enumerate().skip(start).find(|(_, line)| is_at(line, word)).map_or(start, |(at, _)| at + 1)
        };
        let trouble = |word: &str, message: String| {
            Err(PolicyError::Header { path: path.to_owned(), line: line_of(word), message })
        };
        let id = &self.custom.id;
        let kebab = id.starts_with(|c: char| c.is_ascii_lowercase())
            && !id.ends_with('-')
            && !id.contains("--")
            && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if !kebab {
            return trouble("id:", format!("'{id}' is no policy id: expected kebab-case, as in 'backup-disabled'"));
        }
        let kinds = match self.custom.judged() {
            Ok(kinds) => kinds,
            Err((word, message)) => return trouble(word, message),
        };
        if let Some(kind) = kinds.iter().find(|kind| kind.is_of_code())
            && (kinds.len() > 1 || kind.name() != PLAN)
        {
            let message = format!("'{kind}' cannot stand here: a policy about plans has 'kinds: [{PLAN}]'");
            return trouble(kind.name(), message);
        }
        if let Some((place, message)) = remedy::mistake(&self.custom.remediation, &self.custom.parameters) {
            return trouble(&place, message);
        }
        self.custom.kinds = kinds;
        Ok(())
    }
}

/// The keys of `custom`.
const CUSTOM: [&str; 12] = [
    "id",
    "severity",
    "blocker",
    "for",
    "except",
    "kinds",
    "change",
    "parameters",
    "remediation",
    "frameworks",
    "aliases",
    "waivable",
];

/// The other keys that a header may have.
const KEYS: [&str; 19] = [
    "title",
    "description",
    "related_resources",
    "ref",
    "scope",
    "authors",
    "organizations",
    "custom",
    "default",
    "minimum",
    "maximum",
    "summary",
    "console",
    "cli",
    "terraform",
    "backup-restore",
    "pilot-light",
    "warm-standby",
    "active-active",
];

/// A YAML error in one line: the parser's message without its picture of the source, with the nearest right key.
fn plain(error: &serde_saphyr::Error) -> String {
    let message = error.without_snippet().to_string();
    let message = message.lines().next().unwrap_or_default();
    // Its lines, of which there may be two, count from the header's beginning; the file's is said in front.
    let message = message.split_once(" at line ").map_or(message, |(message, _)| message);
    match message.split_once("unknown field `").and_then(|(_, rest)| rest.split_once('`')) {
        Some((typed, _)) => {
            format!("unknown key '{typed}'{}", text::did_you_mean(typed, KEYS.into_iter().chain(CUSTOM)))
        }
        None => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Pattern, Severity};

    fn read(text: &str) -> Result<Option<Header>, String> {
        Header::read("p.rego", text).map_err(|error| error.to_string())
    }

    const GOOD: &str = "# METADATA\n# title: T\n# custom:\n#   id: a-b\n#   severity: {default: high, pilot-light: none}\n#   kinds: [aws.rds.instance]\npackage x\n";

    #[test]
    fn a_header_is_read_with_its_severity_by_pattern() {
        let header = read(GOOD).unwrap().unwrap();
        assert_eq!(header.custom.severity.under(None), Some(Severity::High));
        assert_eq!(header.custom.severity.under(Some(Pattern::PilotLight)), None);
        assert_eq!(header.custom.severity.under(Some(Pattern::ActiveActive)), Some(Severity::High));
        assert!(read("package x\n").unwrap().is_none());
    }

    #[test]
    fn a_policy_blocks_always_never_or_under_some_patterns() {
        let under = |blocker: &str| {
            let header =
                read(&GOOD.replace("#   kinds", &format!("#   blocker: {blocker}\n#   kinds"))).unwrap().unwrap();
            let rule = header.custom.blocker;
            (rule.ever(), [None, Some(Pattern::PilotLight), Some(Pattern::ActiveActive)].map(|it| rule.under(it)))
        };
        assert_eq!(under("true"), (true, [true; 3]));
        assert_eq!(under("false"), (false, [false; 3]));
        assert_eq!(under("[warm-standby, active-active]"), (true, [false, false, true]));
        assert_eq!(
            read(&GOOD.replace("#   kinds", "#   blocker: [hot-standby]\n#   kinds")).unwrap_err(),
            "p.rego:6: expected true, false or a list of backup-restore, pilot-light, warm-standby, active-active"
        );
    }

    #[test]
    fn mistakes_name_file_line_and_the_nearest_right_spelling() {
        assert_eq!(
            read(&GOOD.replace("severity:", "severty:")).unwrap_err(),
            "p.rego:5: unknown key 'severty' (did you mean 'severity'?)"
        );
        assert_eq!(
            read(&GOOD.replace("rds.instance", "rds.instnce")).unwrap_err(),
            "p.rego:6: unknown kind 'aws.rds.instnce' (did you mean 'aws.rds.instance'?)"
        );
        assert_eq!(
            read(&GOOD.replace("{default: high, pilot-light: none}", "hihg")).unwrap_err(),
            "p.rego:5: expected low, medium, high or critical as severity, or one for each pattern, as in \
             '{default: high, pilot-light: none}'"
        );
        assert_eq!(
            read(&GOOD.replace("a-b", "A B")).unwrap_err(),
            "p.rego:4: 'A B' is no policy id: expected kebab-case, as in 'backup-disabled'"
        );
        let fix = "#   kinds: [aws.rds.instance]\n#   remediation:\n#     summary: keep {{actul|7}} days";
        assert_eq!(
            read(&GOOD.replace("#   kinds: [aws.rds.instance]", fix)).unwrap_err(),
            "p.rego:8: '{{actul|7}}' names nothing: expected 'required', 'actual', 'details.NAME' or the path of a fact \
             (did you mean 'actual'?)"
        );
    }
}
