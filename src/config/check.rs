//! What the types of the configuration cannot say: that a region looks like one, that a pair leads somewhere else.

use std::collections::HashMap;

use super::yaml::{Lines, Trouble};
use super::{Application, Config};

/// The first thing that is wrong, in the order of the fields.
pub(super) fn check(config: &Config, lines: &Lines) -> Result<(), Trouble> {
    let checker = Checker { lines };
    checker.accounts(config)?;
    checker.regions(&["regions"], &config.regions)?;
    checker.recovery(config)?;
    checker.plans(config)?;
    config.applications.iter().try_for_each(|(name, application)| checker.application(name, application))
}

struct Checker<'a> {
    lines: &'a Lines,
}

impl Checker<'_> {
    fn trouble(&self, path: &[&str], message: String) -> Trouble {
        Trouble { line: self.lines.find(path), message }
    }

    fn accounts(&self, config: &Config) -> Result<(), Trouble> {
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

    fn role(&self, path: &[&str], role: &str, account: &str) -> Result<(), Trouble> {
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

    fn recovery(&self, config: &Config) -> Result<(), Trouble> {
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

    fn plans(&self, config: &Config) -> Result<(), Trouble> {
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

    fn application(&self, name: &str, application: &Application) -> Result<(), Trouble> {
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
        self.accounts_of(&path("accounts"), accounts)
    }

    fn regions(&self, path: &[&str], regions: &[String]) -> Result<(), Trouble> {
        regions.iter().enumerate().try_for_each(|(at, region)| self.region(&item(path, &at.to_string()), region))
    }

    fn accounts_of(&self, path: &[&str], accounts: &[String]) -> Result<(), Trouble> {
        accounts.iter().enumerate().try_for_each(|(at, account)| self.account(&item(path, &at.to_string()), account))
    }

    fn region(&self, path: &[&str], region: &str) -> Result<(), Trouble> {
        if is_region(region) {
            return Ok(());
        }
        Err(self.trouble(path, format!("'{region}' is no region: expected a name like 'us-east-1'")))
    }

    fn account(&self, path: &[&str], account: &str) -> Result<(), Trouble> {
        if is_account(account) {
            return Ok(());
        }
        Err(self.trouble(path, format!("'{account}' is no account id: expected twelve digits")))
    }
}

fn item<'a>(path: &[&'a str], at: &'a str) -> Vec<&'a str> {
    path.iter().copied().chain([at]).collect()
}

/// `us-east-1`, `us-gov-west-1`: the shape, not a list, because regions come faster than releases.
pub(crate) fn is_region(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').collect();
    let Some((number, words)) = parts.split_last() else { return false };
    let is_word = |word: &&str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    words.len() >= 2 && words.iter().all(is_word) && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
}

/// Twelve digits.
pub(crate) fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}
