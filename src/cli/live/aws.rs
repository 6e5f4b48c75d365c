//! Asking AWS, and showing how far that is.

use std::collections::BTreeSet;
use std::fmt::{self, Write};

use super::super::args::{Global, PlaceArgs};
use super::super::error::Error;
use super::super::terminal;
use super::super::wait::wait;
use super::progress;
use crate::collect::aws::{self, AccountDiagnosis, Check, CheckOutcome, CollectOptions, Diagnosis, collect};
use crate::config::Config;
use crate::model::Inventory;
use crate::result::Exit;
use crate::text::count;

/// Collects the estate of the configuration, as far as these places and services go.
pub(super) fn inventory(
    global: &Global,
    config: &Config,
    places: &PlaceArgs,
    services: Option<BTreeSet<&'static str>>,
) -> Result<Inventory, Error> {
    let options = CollectOptions {
        accounts: places.account.clone(),
        regions: places.region.clone(),
        services,
        ..CollectOptions::new(global.now())
    };
    Ok(wait(collect(config, &options, progress::watch(global.quiet, global.verbose > 0)))??)
}

/// Says what works, and what is missing. Without all of it a scan would have gaps, so it ends as one under `--strict`.
pub(in crate::cli) fn doctor(global: &Global) -> Result<Exit, Error> {
    let config = global.load()?.config;
    let spinner = progress::Spinner::new(global.quiet || global.verbose > 0);
    let diagnosis = wait(aws::doctor(&config, global.now(), |what| spinner.tell(what)))?;
    drop(spinner);
    let diagnosis = diagnosis.map_err(Error::NoDiagnosis)?;
    let mut text = String::new();
    // Writing into memory does not fail.
    let _ = print(&diagnosis, &mut text);
    terminal::tell(&text)?;
    Ok(if diagnosis.is_well() { Exit::Passed } else { Exit::EvidenceIncomplete })
}

fn print(diagnosis: &Diagnosis, out: &mut dyn Write) -> fmt::Result {
    writeln!(out, "you are {} in account {}", diagnosis.arn, diagnosis.account)?;
    if !diagnosis.organization.is_empty() {
        writeln!(out, "\nthe organization")?;
        print_checks(&diagnosis.organization, "", out)?;
    }
    for account in &diagnosis.accounts {
        writeln!(out)?;
        print_account(account, out)?;
    }
    let mut checks = diagnosis.accounts.iter().flat_map(|account| &account.checks).chain(&diagnosis.organization);
    if checks.any(|check| check.outcome == CheckOutcome::Denied) {
        writeln!(out, "\nseaworthy iam prints the policy that grants what is denied")?;
    }
    Ok(())
}

fn print_account(account: &AccountDiagnosis, out: &mut dyn Write) -> fmt::Result {
    let name = account.name.as_ref().map(|name| format!(" {name}")).unwrap_or_default();
    if let Some(reason) = &account.left_out {
        let what = if account.is_gap { "cannot be read" } else { "left out" };
        return writeln!(out, "{}{name} {what}: {reason}", account.id);
    }
    match &account.role {
        Some(role) => writeln!(out, "{}{name} by {role}", account.id)?,
        None => writeln!(out, "{}{name} as the caller", account.id)?,
    }
    if !account.regions.is_empty() {
        writeln!(out, "  regions    {}", account.regions.join(", "))?;
    }
    for (region, reason) in &account.in_vain {
        writeln!(out, "  in vain    {region}: {reason}")?;
    }
    let place = account.tried_in.as_ref().map(|region| format!(", tried in {region}")).unwrap_or_default();
    print_checks(&account.checks, &place, out)
}

fn print_checks(checks: &[Check], place: &str, out: &mut dyn Write) -> fmt::Result {
    let works = checks.iter().filter(|check| check.outcome == CheckOutcome::Works).count();
    writeln!(out, "  works      {works} of {}{place}", count(checks.len(), "action"))?;
    for (outcome, word) in [(CheckOutcome::Denied, "denied   "), (CheckOutcome::Failed, "failed   ")] {
        for check in checks.iter().filter(|check| check.outcome == outcome) {
            let reason = check.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
            writeln!(out, "  {word}  {}{reason}", check.action)?;
        }
    }
    let not_tried = checks.iter().filter(|check| check.outcome == CheckOutcome::NotTried);
    let not_tried: Vec<_> = not_tried.map(|check| check.action).collect();
    if !not_tried.is_empty() {
        writeln!(out, "  not tried  {}: nothing was found to try them on", not_tried.join(", "))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagnosis_names_what_is_missing() {
        let check = |action, outcome, reason: Option<&str>| Check {
            service: "rds",
            action,
            outcome,
            reason: reason.map(str::to_owned),
        };
        let account = AccountDiagnosis {
            id: "111122223333".to_owned(),
            name: Some("shop".to_owned()),
            role: Some("arn:aws:iam::111122223333:role/seaworthy".to_owned()),
            left_out: None,
            is_gap: false,
            regions: vec!["us-east-1".to_owned(), "us-west-2".to_owned()],
            in_vain: vec![("us-esat-1".to_owned(), "there is no such region".to_owned())],
            tried_in: Some("us-east-1".to_owned()),
            checks: vec![
                check("rds:DescribeDBInstances", CheckOutcome::Works, None),
                check("kms:DescribeKey", CheckOutcome::Denied, Some("not authorized")),
                check("eks:ListClusters", CheckOutcome::Failed, Some("500")),
                check("rds:ListTagsForResource", CheckOutcome::NotTried, None),
            ],
        };
        let left_out = AccountDiagnosis {
            id: "444455556666".to_owned(),
            name: None,
            role: None,
            left_out: Some("the account is suspended".to_owned()),
            is_gap: false,
            regions: Vec::new(),
            in_vain: Vec::new(),
            tried_in: None,
            checks: Vec::new(),
        };
        let no_role = AccountDiagnosis {
            id: "333333333333".to_owned(),
            left_out: Some("no role is configured, and the caller is in account 999988887777".to_owned()),
            is_gap: true,
            ..left_out.clone()
        };
        let on_purpose = Diagnosis {
            account: String::new(),
            arn: String::new(),
            organization: Vec::new(),
            accounts: vec![left_out.clone()],
        };
        assert!(on_purpose.is_well());
        assert!(!Diagnosis { accounts: vec![no_role.clone()], ..on_purpose }.is_well());
        let diagnosis = Diagnosis {
            account: "999988887777".to_owned(),
            arn: "arn:aws:iam::999988887777:user/ci".to_owned(),
            organization: vec![check("organizations:DescribeOrganization", CheckOutcome::Denied, Some("AccessDenied"))],
            accounts: vec![account, no_role, left_out],
        };
        assert!(!diagnosis.is_well());
        let mut text = String::new();
        print(&diagnosis, &mut text).unwrap();
        insta::assert_snapshot!(text, @"
        you are arn:aws:iam::999988887777:user/ci in account 999988887777

        the organization
          works      0 of 1 action
          denied     organizations:DescribeOrganization: AccessDenied

        111122223333 shop by arn:aws:iam::111122223333:role/seaworthy
          regions    us-east-1, us-west-2
          in vain    us-esat-1: there is no such region
          works      1 of 4 actions, tried in us-east-1
          denied     kms:DescribeKey: not authorized
          failed     eks:ListClusters: 500
          not tried  rds:ListTagsForResource: nothing was found to try them on

        333333333333 cannot be read: no role is configured, and the caller is in account 999988887777

        444455556666 left out: the account is suspended

        seaworthy iam prints the policy that grants what is denied
        ");
    }
}
