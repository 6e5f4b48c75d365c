//! What the types of the configuration cannot say: that a region looks like one, that a pair leads somewhere else.

use std::collections::HashMap;

use super::checks;
use super::regions::region_trouble;
use super::yaml::{LineMap, YamlError};
use super::{Application, Config, Objective, Organization};
use crate::model::Kind;
use crate::text::did_you_mean;

/// Stands for every service that runs something, also for those that are not read.
pub(crate) const COMPUTE: &str = "compute";

/// The first thing that is wrong, in the order of the fields.
pub(super) fn check(config: &Config, lines: &LineMap) -> Result<(), YamlError> {
    let checker = Checker { lines };
    checker.accounts(config)?;
    config.organization.iter().try_for_each(|organization| checker.organization(organization))?;
    checker.regions(&["regions"], &config.regions)?;
    checker.recovery(config)?;
    checker.plans(config)?;
    checker.estate(config)?;
    config.applications.iter().try_for_each(|(name, application)| checker.application(name, application))?;
    checker.objective(&["defaults"], &config.defaults)
}

struct Checker<'a> {
    lines: &'a LineMap,
}

impl Checker<'_> {
    fn trouble(&self, path: &[&str], message: String) -> YamlError {
        YamlError { line: self.lines.find(path), message }
    }

    fn accounts(&self, config: &Config) -> Result<(), YamlError> {
        let mut seen = HashMap::new();
        for (at, account) in config.accounts.iter().enumerate() {
            let at = at.to_string();
            let path = ["accounts", at.as_str()];
            self.account(&[path[0], path[1], "id"], &account.id)?;
            if seen.insert(account.id.as_str(), ()).is_some() {
                return Err(self.trouble(&path, format!("account '{}' is listed twice", account.id)));
            }
            if let Some(role) = &account.role {
                self.role(&[path[0], path[1], "role"], role, &account.id)?;
            }
            self.regions(&[path[0], path[1], "regions"], &account.regions)?;
        }
        Ok(())
    }

    fn role(&self, path: &[&str], role: &str, account: &str) -> Result<(), YamlError> {
        let parts: Vec<_> = role.splitn(6, ':').collect();
        match parts.as_slice() {
            ["arn", _, "iam", "", owner, name] if name.starts_with("role/") => {
                if *owner == account {
                    return Ok(());
                }
                Err(self.trouble(path, format!("role '{role}' is of account {owner}, not of {account}")))
            }
            _ => {
                let example = format!("arn:aws:iam::{account}:role/seaworthy");
                Err(self.trouble(path, format!("'{role}' is no role ARN: expected one like '{example}'")))
            }
        }
    }

    fn organization(&self, organization: &Organization) -> Result<(), YamlError> {
        let Organization { role_name, include_units, exclude_units, .. } = organization;
        let is_role = |name: &str| {
            (1..=64).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_+=,.@-".contains(&b))
        };
        if !is_role(role_name) {
            let message =
                format!("'{role_name}' is no role name: expected a name like 'seaworthy', no path and no ARN");
            return Err(self.trouble(&["organization", "role-name"], message));
        }
        let is_unit = |id: &str| ["ou-", "r-"].iter().any(|prefix| id.strip_prefix(prefix).is_some_and(is_id));
        for (key, units) in [("include-units", include_units), ("exclude-units", exclude_units)] {
            for (at, unit) in units.iter().enumerate() {
                if !is_unit(unit) && !is_account(unit) {
                    let message = format!("'{unit}' is no organizational unit: expected an id like 'ou-ab12-11111111'");
                    return Err(self.trouble(&["organization", key, &at.to_string()], message));
                }
            }
        }
        Ok(())
    }

    fn objective(&self, path: &[&str], objective: &Objective) -> Result<(), YamlError> {
        match objective.retention {
            Some(retention) if retention.seconds == 0 => {
                let message = format!("a retention of {retention} keeps no backup: leave it out, or say how long");
                Err(self.trouble(&item(path, "retention"), message))
            }
            _ => Ok(()),
        }
    }

    fn recovery(&self, config: &Config) -> Result<(), YamlError> {
        let mut seen = HashMap::new();
        for (at, pair) in config.recovery.iter().enumerate() {
            let at = at.to_string();
            let path = |field: &'static str| ["recovery", at.as_str(), field];
            self.region(&path("from"), &pair.from)?;
            self.region(&path("to"), &pair.to)?;
            for (field, account) in [("account", &pair.account), ("to-account", &pair.to_account)] {
                if let Some(account) = account {
                    self.account(&path(field), account)?;
                }
            }
            if let Some(role) = &pair.restore_role {
                let owner = role.split(':').nth(4).unwrap_or("111122223333");
                let account = pair.to_account.as_deref().or(pair.account.as_deref()).unwrap_or(owner);
                self.role(&path("restore-role"), role, account)?;
            }
            if pair.from == pair.to && (pair.to_account.is_none() || pair.to_account == pair.account) {
                let message =
                    format!("'{}' cannot come back in itself: 'to' has to be another region or account", pair.to);
                return Err(self.trouble(&path("to"), message));
            }
            if seen.insert((&pair.from, &pair.account), ()).is_some() {
                let message = format!("'{}' has a recovery region already: only one can be meant", pair.from);
                return Err(self.trouble(&path("from"), message));
            }
        }
        Ok(())
    }

    fn plans(&self, config: &Config) -> Result<(), YamlError> {
        for (provider, place) in &config.plans {
            if provider != "aws" && provider.strip_prefix("aws.").is_none_or(str::is_empty) {
                let message = format!("'{provider}' is no provider: expected 'aws', or an alias like 'aws.west'");
                return Err(self.trouble(&["plans", provider], message));
            }
            if let Some(account) = &place.account {
                self.account(&["plans", provider, "account"], account)?;
            }
            if let Some(region) = &place.region {
                self.region(&["plans", provider, "region"], region)?;
            }
        }
        Ok(())
    }

    fn estate(&self, config: &Config) -> Result<(), YamlError> {
        let known: Vec<&str> = Kind::services().into_iter().chain([COMPUTE]).collect();
        for (at, service) in config.estate.without.iter().enumerate() {
            if known.contains(&service.as_str()) {
                continue;
            }
            let hint = match did_you_mean(service, known.iter().copied()) {
                none if none.is_empty() => format!(" (known here: {})", known.join(", ")),
                hint => hint,
            };
            let message = format!("'{service}' is no service that is read{hint}");
            return Err(self.trouble(&["estate", "without", &at.to_string()], message));
        }
        Ok(())
    }

    fn application(&self, name: &str, application: &Application) -> Result<(), YamlError> {
        let path = |field: &'static str| ["applications", name, field];
        let Application { tags, names, accounts, regions, .. } = application;
        if tags.is_empty() && names.is_empty() && accounts.is_empty() && regions.is_empty() {
            let message = format!("application '{name}' selects nothing: give it tags, names, accounts or regions");
            return Err(self.trouble(&path("tags"), message));
        }
        if let Some((tag, _)) = tags.iter().find(|(_, values)| values.as_slice().is_empty()) {
            let message = format!("tag '{tag}' of application '{name}' has no values: '*' matches any");
            return Err(self.trouble(&["applications", name, "tags", tag], message));
        }
        self.regions(&path("regions"), regions)?;
        self.accounts_of(&path("accounts"), accounts)?;
        self.objective(&["applications", name], &application.objective())?;
        self.checks(name, application)
    }

    fn checks(&self, name: &str, application: &Application) -> Result<(), YamlError> {
        for (at, check) in application.checks.iter().enumerate() {
            let at = at.to_string();
            let path = ["applications", name, "checks", at.as_str()];
            if let Some((field, message)) = check.fault() {
                return Err(self.trouble(&[path.as_slice(), field.as_slice()].concat(), message));
            }
            self.regions(&item(&path, "only-in"), &check.only_in)?;
        }
        checks::twice(&application.checks).map_or(Ok(()), |at| {
            let check = &application.checks[at].name;
            let path = ["applications", name, "checks", &at.to_string()];
            Err(self.trouble(&path, format!("application '{name}' has a check '{check}' already")))
        })
    }

    fn regions(&self, path: &[&str], regions: &[String]) -> Result<(), YamlError> {
        regions.iter().enumerate().try_for_each(|(at, region)| self.region(&item(path, &at.to_string()), region))
    }

    fn accounts_of(&self, path: &[&str], accounts: &[String]) -> Result<(), YamlError> {
        accounts.iter().enumerate().try_for_each(|(at, account)| self.account(&item(path, &at.to_string()), account))
    }

    fn region(&self, path: &[&str], region: &str) -> Result<(), YamlError> {
        region_trouble(region).map_or(Ok(()), |message| Err(self.trouble(path, message)))
    }

    fn account(&self, path: &[&str], account: &str) -> Result<(), YamlError> {
        if is_account(account) {
            return Ok(());
        }
        Err(self.trouble(path, format!("'{account}' is no account id: expected twelve digits")))
    }
}

fn item<'a>(path: &[&'a str], at: &'a str) -> Vec<&'a str> {
    path.iter().copied().chain([at]).collect()
}

/// What follows the prefix of an organization's id: `ab12`, or `ab12-11111111`.
fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Twelve digits.
pub(crate) fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}
