//! The permissions that collecting needs, and nothing more: made from what
//! the collectors say that they call.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::actions::{APIGATEWAY, APIS, ASSUME, COLLECTORS, DESCRIBE_REGIONS, ORGANIZATIONS};
use crate::config::Config;

/// In which form the permissions are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum PermissionFormat {
    /// An IAM policy document for whoever runs Seaworthy.
    #[default]
    Json,
    /// A CloudFormation template of the role that is taken on in each account.
    #[value(name = "cloudformation")]
    CloudFormation,
    /// The same role for Terraform.
    Terraform,
}

/// Writes the permissions that this configuration needs, for all services or only for these. Each reads configuration only: no action gives access to the
/// contents of a database, a backup, a bucket or a secret.
pub fn permissions(config: &Config, services: Option<&BTreeSet<&str>>, format: PermissionFormat) -> String {
    let actions = read_actions(services);
    let name = config.organization.as_ref().map_or("seaworthy", |organization| &organization.role_name);
    match format {
        PermissionFormat::Json => format!("{:#}\n", document(&actions, config)),
        PermissionFormat::CloudFormation => cloudformation(&actions, name),
        PermissionFormat::Terraform => terraform(&actions, name),
    }
}

/// What is called in every account.
fn read_actions(services: Option<&BTreeSet<&str>>) -> BTreeSet<&'static str> {
    let needed = COLLECTORS.iter().filter(|(service, _)| services.is_none_or(|needed| needed.contains(service)));
    needed.flat_map(|(_, actions)| *actions).copied().chain([DESCRIBE_REGIONS]).collect()
}

/// The policy of the caller: to read, to list the organization's accounts, and to take on the roles.
fn document(actions: &BTreeSet<&str>, config: &Config) -> Value {
    let (of_all, of_apis) = apart(actions);
    let mut statements = vec![json!({
        "Sid": "ReadConfiguration", "Effect": "Allow", "Action": of_all, "Resource": "*",
    })];
    if !of_apis.is_empty() {
        statements.push(json!({"Sid": "ReadApis", "Effect": "Allow", "Action": of_apis, "Resource": APIS}));
    }
    let mut roles: BTreeSet<String> = config.accounts.iter().filter_map(|account| account.role.clone()).collect();
    if let Some(organization) = &config.organization {
        statements.push(json!({
            "Sid": "ReadOrganization", "Effect": "Allow", "Action": ORGANIZATIONS, "Resource": "*",
        }));
        roles.insert(format!("arn:aws:iam::*:role/{}", organization.role_name));
    }
    if !roles.is_empty() {
        statements.push(json!({"Sid": "AssumeRoles", "Effect": "Allow", "Action": ASSUME, "Resource": roles}));
    }
    json!({"Version": "2012-10-17", "Statement": statements})
}

/// Actions on everything, and those that are on APIs only.
fn apart<'a>(actions: &BTreeSet<&'a str>) -> (Vec<&'a str>, Vec<&'a str>) {
    actions.iter().copied().partition(|action| !APIGATEWAY.contains(action))
}

/// `/audit/` and `seaworthy` of `audit/seaworthy`.
fn path_and_name(name: &str) -> (String, &str) {
    name.rsplit_once('/').map_or_else(|| ("/".to_owned(), name), |(path, name)| (format!("/{path}/"), name))
}

fn cloudformation(actions: &BTreeSet<&str>, name: &str) -> String {
    let (path, name) = path_and_name(name);
    let lines =
        |texts: &[&str]| -> String { texts.iter().map(|text| format!("\n                  - {text}")).collect() };
    let (of_all, of_apis) = apart(actions);
    let actions = lines(&of_all);
    let apis = if of_apis.is_empty() {
        String::new()
    } else {
        let resources: Vec<String> = APIS.iter().map(|resource| format!("\"{resource}\"")).collect();
        let resources = lines(&resources.iter().map(String::as_str).collect::<Vec<_>>());
        let actions = lines(&of_apis);
        format!(
            r"
              - Sid: ReadApis
                Effect: Allow
                Action:{actions}
                Resource:{resources}"
        )
    };
    format!(
        r#"AWSTemplateFormatVersion: "2010-09-09"
Description: >-
  The role with which Seaworthy reads the configuration that recovery depends
  on. It reads no data.
Parameters:
  TrustedAccountId:
    Type: String
    Description: The account in which Seaworthy runs
    AllowedPattern: "^[0-9]{{12}}$"
  ExternalId:
    Type: String
    Description: Both accounts agree on it; 'external-id' in seaworthy.yaml
    MinLength: 2
    MaxLength: 1224
    AllowedPattern: "^[A-Za-z0-9_+=,.@:/-]+$"
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      Path: {path}
      RoleName: {name}
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              AWS: !Sub "arn:${{AWS::Partition}}:iam::${{TrustedAccountId}}:root"
            Action: {ASSUME}
            Condition:
              StringEquals:
                sts:ExternalId: !Ref ExternalId
      Policies:
        - PolicyName: seaworthy-read
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Sid: ReadConfiguration
                Effect: Allow
                Action:{actions}
                Resource: "*"{apis}
Outputs:
  RoleArn:
    Value: !GetAtt Role.Arn
"#
    )
}

fn terraform(actions: &BTreeSet<&str>, name: &str) -> String {
    let (path, name) = path_and_name(name);
    let lines = |texts: &[&str]| -> String { texts.iter().map(|text| format!("\n      \"{text}\",")).collect() };
    let (of_all, of_apis) = apart(actions);
    let actions = lines(&of_all);
    let apis = if of_apis.is_empty() {
        String::new()
    } else {
        let (actions, resources) = (lines(&of_apis), lines(APIS));
        format!(
            r#"

  statement {{
    sid = "ReadApis"
    resources = [{resources}
    ]
    actions = [{actions}
    ]
  }}"#
        )
    };
    format!(
        r#"# The role with which Seaworthy reads the configuration that recovery depends
# on. It reads no data.

variable "trusted_account_id" {{
  type        = string
  description = "The account in which Seaworthy runs"

  validation {{
    condition     = can(regex("^[0-9]{{12}}$", var.trusted_account_id))
    error_message = "An account id has twelve digits."
  }}
}}

variable "external_id" {{
  type        = string
  description = "Both accounts agree on it; 'external-id' in seaworthy.yaml"

  validation {{
    condition = can(regex(
      "^[A-Za-z0-9_+=,.@:/-]{{2,1224}}$", var.external_id
    ))
    error_message = "An external id has at least two characters."
  }}
}}

data "aws_partition" "current" {{}}

data "aws_iam_policy_document" "trust" {{
  statement {{
    actions = ["{ASSUME}"]

    principals {{
      type = "AWS"
      identifiers = [
        "arn:${{data.aws_partition.current.partition}}:iam::${{var.trusted_account_id}}:root",
      ]
    }}

    condition {{
      test     = "StringEquals"
      variable = "sts:ExternalId"
      values   = [var.external_id]
    }}
  }}
}}

data "aws_iam_policy_document" "read" {{
  statement {{
    sid       = "ReadConfiguration"
    resources = ["*"]
    actions = [{actions}
    ]
  }}{apis}
}}

resource "aws_iam_role" "seaworthy" {{
  name               = "{name}"
  path               = "{path}"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}}

resource "aws_iam_role_policy" "read" {{
  name   = "seaworthy-read"
  role   = aws_iam_role.seaworthy.id
  policy = data.aws_iam_policy_document.read.json
}}

output "role_arn" {{
  value = aws_iam_role.seaworthy.arn
}}
"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Account, Organization};

    fn some_actions() -> BTreeSet<&'static str> {
        ["rds:DescribeDBInstances", "ec2:DescribeRegions"].into()
    }

    /// The same, and one that is needed for a part of what it permits.
    fn with_apis() -> BTreeSet<&'static str> {
        some_actions().into_iter().chain(["apigateway:GET"]).collect()
    }

    #[test]
    fn what_gives_out_more_is_permitted_for_a_part_only() {
        let found = document(&with_apis(), &Config::default());
        let expected = json!({
            "Sid": "ReadApis", "Effect": "Allow", "Action": ["apigateway:GET"], "Resource": APIS,
        });
        assert_eq!(found["Statement"][1], expected);
        assert!(!found["Statement"][0]["Action"].to_string().contains("apigateway"));
        assert!(!APIS.iter().any(|resource| resource.ends_with("::*") || resource.contains("key")));
    }

    #[test]
    fn the_caller_needs_only_what_the_configuration_makes_it_do() {
        assert_eq!(
            document(&some_actions(), &Config::default()),
            json!({"Version": "2012-10-17", "Statement": [{
                "Sid": "ReadConfiguration", "Effect": "Allow",
                "Action": ["ec2:DescribeRegions", "rds:DescribeDBInstances"], "Resource": "*",
            }]})
        );
        let role = "arn:aws:iam::222222222222:role/audit".to_owned();
        let config = Config {
            accounts: vec![Account { id: "222222222222".to_owned(), role: Some(role), ..Account::default() }],
            organization: Some(Organization {
                role_name: "seaworthy".to_owned(),
                external_id: None,
                include_units: Vec::new(),
                exclude_units: Vec::new(),
                management_account: crate::config::ManagementAccount::Collect,
            }),
            ..Config::default()
        };
        let document = document(&some_actions(), &config);
        assert_eq!(
            document["Statement"].as_array().unwrap()[1..],
            [
                json!({
                    "Sid": "ReadOrganization", "Effect": "Allow", "Resource": "*", "Action": [
                        "organizations:DescribeOrganization",
                        "organizations:ListAccounts",
                        "organizations:ListAccountsForParent",
                        "organizations:ListOrganizationalUnitsForParent",
                    ],
                }),
                json!({
                    "Sid": "AssumeRoles", "Effect": "Allow", "Action": "sts:AssumeRole",
                    "Resource": ["arn:aws:iam::*:role/seaworthy", "arn:aws:iam::222222222222:role/audit"],
                }),
            ]
        );
    }

    #[test]
    fn the_template_of_the_role_asks_for_an_external_id() {
        insta::assert_snapshot!("cloudformation", cloudformation(&with_apis(), "audit/seaworthy"));
    }

    #[test]
    fn the_terraform_code_can_be_parsed() {
        let text = terraform(&with_apis(), "seaworthy");
        let body: hcl_edit::structure::Body = text.parse().unwrap();
        let blocks: Vec<String> = body
            .blocks()
            .map(|block| {
                let labels = block.labels.iter().map(|label| label.as_str().to_owned());
                [block.ident.to_string()].into_iter().chain(labels).collect::<Vec<_>>().join(".")
            })
            .collect();
        assert_eq!(
            blocks,
            [
                "variable.trusted_account_id",
                "variable.external_id",
                "data.aws_partition.current",
                "data.aws_iam_policy_document.trust",
                "data.aws_iam_policy_document.read",
                "resource.aws_iam_role.seaworthy",
                "resource.aws_iam_role_policy.read",
                "output.role_arn",
            ]
        );
        insta::assert_snapshot!("terraform", text);
    }
}
