//! Writes a large Terraform plan of about that many megabytes to standard output: a genuine plan's workspace over and
//! over, each time as a module of its own with names of its own. `show` and `state` write its state instead, as
//! `terraform show -json` does and as the raw file.
//!
//! ```text
//! cargo run --release --example plan -- 100 > plan.json
//! cargo run --release --example plan -- 100 state > terraform.tfstate
//! ```

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use serde_json::{Value, json};

/// The plan that every module is made from: updates, a replacement, deletions, and what has drifted.
const GENUINE: &str = include_str!("../fixtures/plans/weaken/plan.json");

const PROVIDER: &str = "registry.terraform.io/hashicorp/aws";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let form = arguments.get(1).map_or("plan", String::as_str);
    let megabytes = arguments.first().and_then(|text| text.parse::<usize>().ok());
    let (Some(megabytes), "plan" | "show" | "state") = (megabytes, form) else {
        return failed(
            "how many megabytes, of what? for example: cargo run --release --example plan -- 100 [plan|show|state]",
        );
    };
    match write(megabytes * 1_000_000, form, &mut BufWriter::new(io::stdout().lock())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&format!("it could not be written: {error}")),
    }
}

fn failed(why: &str) -> ExitCode {
    // Nobody is left to tell if stderr is closed.
    let _ = writeln!(io::stderr(), "{why}");
    ExitCode::FAILURE
}

fn write(wanted: usize, form: &str, out: &mut dyn Write) -> io::Result<()> {
    let genuine: Value = serde_json::from_str(GENUINE)?;
    let modules = |copies| (0..copies).map(|number| Module { number, genuine: &genuine });
    let document = |copies| match form {
        "plan" => plan(&genuine, modules(copies)),
        "show" => json!({"format_version": "1.0", "terraform_version": "1.12.2", "values": shown(modules(copies))}),
        _ => {
            let resources: Vec<_> = modules(copies).flat_map(|module| module.resources()).collect();
            json!({"version": 4, "terraform_version": "1.12.2", "serial": 1, "lineage": "", "resources": resources})
        }
    };
    let one = document(1).to_string().len();
    let each = document(2).to_string().len() - one;
    serde_json::to_writer(&mut *out, &document(wanted.saturating_sub(one) / each + 1))?;
    out.flush()
}

fn plan<'g>(genuine: &Value, modules: impl Iterator<Item = Module<'g>> + Clone) -> Value {
    let rows = |part: &'static str| -> Vec<Value> { modules.clone().flat_map(|module| module.rows(part)).collect() };
    let calls = modules.clone().map(|module| {
        let call = json!({"source": "./workspace", "module": genuine["configuration"]["root_module"]});
        (module.name(), call)
    });
    let mut plan = genuine.clone();
    plan["configuration"]["root_module"] = json!({"module_calls": calls.collect::<serde_json::Map<_, _>>()});
    plan["resource_changes"] = rows("resource_changes").into();
    plan["resource_drift"] = rows("resource_drift").into();
    plan["planned_values"] = shown(modules.clone());
    plan["prior_state"] = json!({"format_version": "1.0", "terraform_version": "1.12.2", "values": shown(modules)});
    plan
}

fn shown<'g>(modules: impl Iterator<Item = Module<'g>>) -> Value {
    let modules: Vec<_> = modules.map(|module| module.shown()).collect();
    json!({"root_module": {"child_modules": modules}})
}

/// One copy of the genuine workspace.
struct Module<'g> {
    number: usize,
    genuine: &'g Value,
}

impl Module<'_> {
    fn name(&self) -> String {
        format!("workspace_{}", self.number)
    }

    fn address(&self) -> String {
        format!("module.{}", self.name())
    }

    fn rows(&self, part: &str) -> Vec<Value> {
        let mut rows = self.genuine[part].as_array().cloned().unwrap_or_default();
        for row in &mut rows {
            row["module_address"] = self.address().into();
            row["address"] = format!("{}.{}", self.address(), row["address"].as_str().unwrap_or_default()).into();
            self.rename(&mut row["change"]);
        }
        rows
    }

    /// What is there before the change, as `show -json` writes a module of a state.
    fn shown(&self) -> Value {
        let resources: Vec<_> = self
            .rows("resource_changes")
            .iter_mut()
            .map(|row| {
                json!({
                    "address": row["address"], "mode": "managed", "type": row["type"], "name": row["name"],
                    "provider_name": PROVIDER, "schema_version": 0, "values": row["change"]["before"].take(),
                    "sensitive_values": row["change"]["before_sensitive"].take(),
                })
            })
            .collect();
        json!({"address": self.address(), "resources": resources})
    }

    /// The same, as a raw state lists them.
    fn resources(&self) -> Vec<Value> {
        let resource = |row: &mut Value| {
            json!({
                "module": self.address(), "mode": "managed", "type": row["type"], "name": row["name"],
                "provider": format!("provider[\"{PROVIDER}\"]"),
                "instances": [{"schema_version": 0, "attributes": row["change"]["before"].take(), "sensitive_attributes": []}],
            })
        };
        self.rows("resource_changes").iter_mut().map(resource).collect()
    }

    /// Gives everything another name, so that no two modules hold the same resource.
    fn rename(&self, value: &mut Value) {
        const NAMES: [&str; 9] = [
            "arn",
            "backup_vault_name",
            "bucket",
            "id",
            "identifier",
            "key_id",
            "kms_key_id",
            "name",
            "target_vault_name",
        ];
        match value {
            Value::Array(items) => items.iter_mut().for_each(|item| self.rename(item)),
            Value::Object(items) => {
                for (name, item) in items {
                    match item {
                        Value::String(text) if NAMES.contains(&name.as_str()) => *text += &format!("-{}", self.number),
                        other => self.rename(other),
                    }
                }
            }
            _ => {}
        }
    }
}
