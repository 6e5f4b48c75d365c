//! The sections of `terraform show -json`: which of their values have marks, and where.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{AFTER_APPLY, Hush, Masks, Part, Place, Reader, address, is_marked, secrets, whole_mask};

/// What a section is.
enum Section {
    /// Nothing in it is a value of a resource.
    Plain,
    /// Rows with a change.
    Changes,
    /// Rows with such a row in them.
    Deferred,
    /// Rows of actions.
    Actions,
    OutputChanges,
    /// Outputs and modules: `planned_values`, or `values` of a state.
    Values,
    /// A state in it.
    State,
    Variables,
    Configuration,
}

/// Members of a plan or a state, as they may stand in a policy below `input`.
/// <https://developer.hashicorp.com/terraform/internals/json-format>
const SECTIONS: &[(&str, Section)] = &[
    ("action_invocations", Section::Actions),
    ("applyable", Section::Plain),
    ("checks", Section::Plain),
    ("complete", Section::Plain),
    ("configuration", Section::Configuration),
    ("deferred_action_invocations", Section::Actions),
    ("deferred_changes", Section::Deferred),
    ("errored", Section::Plain),
    ("format_version", Section::Plain),
    ("output_changes", Section::OutputChanges),
    ("planned_values", Section::Values),
    ("prior_state", Section::State),
    ("relevant_attributes", Section::Plain),
    ("resource_changes", Section::Changes),
    ("resource_drift", Section::Changes),
    ("terraform_version", Section::Plain),
    ("timestamp", Section::Plain),
    ("values", Section::Values),
    ("variables", Section::Variables),
];

fn by_name(name: &str) -> Hush {
    if secrets::is_secret(name) { Hush::Named } else { Hush::No }
}

impl Reader {
    pub(super) fn sections(&mut self, members: Map<String, Value>) -> Part {
        self.look_ahead(&members);
        let read = |(name, value): (String, Value)| {
            let place = Place::of(&name);
            let section = SECTIONS.iter().find(|(known, _)| *known == name).map(|(_, section)| section);
            let part = match (section, value) {
                (Some(Section::Plain), value) => self.part(value, Masks::NONE, &place),
                (Some(Section::Changes), Value::Array(rows)) => {
                    Part::list(rows.into_iter().map(|row| self.row(row, &place)).collect())
                }
                (Some(Section::Deferred), Value::Array(rows)) => {
                    let row = |row| self.with(row, "resource_change", &place, Self::row);
                    Part::list(rows.into_iter().map(row).collect())
                }
                (Some(Section::Actions), Value::Array(rows)) => {
                    Part::list(rows.into_iter().map(|row| self.action(row, &place)).collect())
                }
                (Some(Section::OutputChanges), Value::Object(outputs)) => {
                    self.named(outputs, &place, |reader, name, change, place| {
                        reader.change(change, "", &place.hush(by_name(name)))
                    })
                }
                (Some(Section::Values), value) => self.values(value, &place),
                (Some(Section::State), value) => self.with(value, "values", &place, Self::values),
                (Some(Section::Variables), Value::Object(variables)) => {
                    self.named(variables, &place, |reader, name, variable, place| {
                        let marked = reader.sensitive.iter().any(|one| one == name);
                        let hush = if marked { Hush::Marked } else { by_name(name) };
                        // The variable is handed on, and its name is not.
                        if let (Hush::Named, Some(Value::String(text))) = (hush, variable.get("value")) {
                            reader.taken.marked(text);
                        }
                        reader.with(variable, "value", place, |reader, value, place| {
                            reader.part(value, Masks::NONE, &place.hush(hush))
                        })
                    })
                }
                (Some(Section::Configuration), value) => self.configuration(value, &place),
                (Some(_), Value::Null) => Part::Known(Value::Null),
                // Nobody here knows where such a member has its secrets.
                _ => self.unknown(&place, "this version does not read it"),
            };
            (name, part)
        };
        Part::map(members.into_iter().map(read).collect())
    }

    /// Notes what other sections say of values: which variables are sensitive, and what is known only after apply.
    fn look_ahead(&mut self, members: &Map<String, Value>) {
        self.after_apply.clear();
        let rows = members.get("resource_changes").and_then(Value::as_array).into_iter().flatten();
        for row in rows.filter(|row| row.get("deposed").is_none_or(Value::is_null)) {
            let mask = row.pointer("/change/after_unknown").filter(|mask| is_marked(mask));
            if let (Some(address), Some(mask)) = (row.get("address").and_then(Value::as_str), mask) {
                self.after_apply.insert(address.to_owned(), mask.clone());
            }
        }
        let variables = members.get("configuration").and_then(|code| code.pointer("/root_module/variables"));
        let variables = variables.and_then(Value::as_object).into_iter().flatten();
        let sensitive = variables.filter(|(_, variable)| variable.get("sensitive") == Some(&Value::Bool(true)));
        self.sensitive = sensitive.map(|(name, _)| name.clone()).collect();
    }

    /// Reads one member of an object in a way of its own, and the others as what they are.
    fn with(
        &mut self,
        value: Value,
        member: &str,
        place: &Place<'_>,
        read: impl Fn(&mut Self, Value, &Place<'_>) -> Part,
    ) -> Part {
        let Value::Object(mut members) = value else { return self.part(value, Masks::NONE, place) };
        let own = members.remove(member);
        let mut parts = self.plain(members, place);
        if let Some(own) = own {
            parts.insert(member.to_owned(), read(self, own, place));
        }
        Part::map(parts)
    }

    fn plain(&mut self, members: Map<String, Value>, place: &Place<'_>) -> BTreeMap<String, Part> {
        let read = |(name, value): (String, Value)| {
            let part = self.part(value, Masks::NONE, &place.member(&name));
            (name, part)
        };
        members.into_iter().map(read).collect()
    }

    /// An object of which the names are the user's.
    fn named(
        &mut self,
        members: Map<String, Value>,
        place: &Place<'_>,
        mut read: impl FnMut(&mut Self, &str, Value, &Place<'_>) -> Part,
    ) -> Part {
        let read = |(name, value): (String, Value)| {
            let below = Place { above: Some(place), name: &name, hush: Hush::No, environment: false };
            let part = read(self, &name, value, &below);
            (name, part)
        };
        Part::map(members.into_iter().map(read).collect())
    }

    fn row(&mut self, row: Value, place: &Place<'_>) -> Part {
        let named = address(&row);
        let own = named.as_deref().map_or(*place, Place::of);
        let of_type = row.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
        self.with(row, "change", &own, |reader, change, place| reader.change(change, &of_type, place))
    }

    /// `before` and `after`, with the marks beside them.
    fn change(&mut self, change: Value, of_type: &str, place: &Place<'_>) -> Part {
        let Value::Object(mut members) = change else { return self.part(change, Masks::NONE, place) };
        let mut take = |name: &str| members.remove(name).unwrap_or_default();
        let (before, after) = (take("before"), take("after"));
        let marks = ["after_unknown", "before_sensitive", "after_sensitive"].map(|name| (name, take(name)));
        let [of_before, of_after] = [1, 2].map(|at: usize| whole_mask(self.types, &marks[at].1, of_type));
        let mut parts = self.plain(members, place);
        let [(_, unknown), ..] = &marks;
        let was = self.part(before, Masks { sensitive: &of_before, ..Masks::NONE }, place);
        parts.insert("before".to_owned(), was);
        parts.insert("after".to_owned(), self.part(after, Masks { unknown, sensitive: &of_after }, place));
        // The marks are no values themselves.
        parts.extend(marks.map(|(name, mask)| (name.to_owned(), Part::Known(mask))));
        Part::map(parts)
    }

    fn action(&mut self, row: Value, place: &Place<'_>) -> Part {
        let named = address(&row);
        let own = named.as_deref().map_or(*place, Place::of);
        let Value::Object(mut members) = row else { return self.part(row, Masks::NONE, place) };
        if let Some(inner) = members.remove("action_invocation") {
            let mut parts = self.plain(members, &own);
            parts.insert("action_invocation".to_owned(), self.action(inner, &own));
            return Part::map(parts);
        }
        let mask = |name: &str| members.get(name).cloned().unwrap_or_default();
        let (unknown, sensitive) = (mask("config_unknown"), mask("config_sensitive"));
        let masks = Masks { unknown: &unknown, sensitive: &sensitive };
        self.with(Value::Object(members), "config_values", &own, |reader, values, place| {
            reader.part(values, masks, place)
        })
    }

    /// Outputs, and the resources of a module and of those below it.
    fn values(&mut self, values: Value, place: &Place<'_>) -> Part {
        let Value::Object(mut members) = values else { return self.part(values, Masks::NONE, place) };
        let (outputs, root) = (members.remove("outputs"), members.remove("root_module"));
        let mut parts = self.plain(members, place);
        if let Some(Value::Object(outputs)) = outputs {
            let outputs = self.named(outputs, place, Self::output);
            parts.insert("outputs".to_owned(), outputs);
        }
        if let Some(root) = root {
            parts.insert("root_module".to_owned(), self.module(root, place));
        }
        Part::map(parts)
    }

    fn output(&mut self, name: &str, output: Value, place: &Place<'_>) -> Part {
        let Value::Object(mut members) = output else { return self.part(output, Masks::NONE, place) };
        let sensitive = members.get("sensitive").cloned().unwrap_or_default();
        let value = members.remove("value");
        let mut parts = self.plain(members, place);
        let masks = Masks { sensitive: &sensitive, ..Masks::NONE };
        let place = place.hush(by_name(name));
        let value = match value {
            Some(value) => self.part(value, masks, &place),
            None => self.unknown(&place, AFTER_APPLY),
        };
        parts.insert("value".to_owned(), value);
        Part::map(parts)
    }

    fn module(&mut self, module: Value, place: &Place<'_>) -> Part {
        let Value::Object(mut members) = module else { return self.part(module, Masks::NONE, place) };
        let (resources, children) = (members.remove("resources"), members.remove("child_modules"));
        let mut parts = self.plain(members, place);
        if let Some(Value::Array(rows)) = resources {
            let rows = rows.into_iter().map(|row| self.resource(row, place)).collect();
            parts.insert("resources".to_owned(), Part::list(rows));
        }
        if let Some(Value::Array(modules)) = children {
            let modules = modules.into_iter().map(|module| self.module(module, place)).collect();
            parts.insert("child_modules".to_owned(), Part::list(modules));
        }
        Part::map(parts)
    }

    fn resource(&mut self, row: Value, place: &Place<'_>) -> Part {
        let Value::Object(mut members) = row else { return self.part(row, Masks::NONE, place) };
        let named = members.get("address").and_then(Value::as_str).map(str::to_owned);
        let own = named.as_deref().map_or(*place, Place::of);
        let of_type = members.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
        // A prior state is known, whatever the plan makes of it.
        let planned = place.name == "planned_values";
        let unknown = named.as_ref().filter(|_| planned).and_then(|address| self.after_apply.get(address)).cloned();
        let unknown = unknown.unwrap_or_default();
        let (values, sensitive) = (members.remove("values"), members.remove("sensitive_values"));
        let mut parts = self.plain(members, &own);
        if let Some(values) = values {
            let marked = whole_mask(self.types, sensitive.as_ref().unwrap_or(&Value::Null), &of_type);
            let masks = Masks { unknown: &unknown, sensitive: &marked };
            let part = self.part(values, masks, &own);
            parts.insert("values".to_owned(), part);
        }
        parts.extend(sensitive.map(|mask| ("sensitive_values".to_owned(), Part::Known(mask))));
        Part::map(parts)
    }

    fn configuration(&mut self, code: Value, place: &Place<'_>) -> Part {
        let Value::Object(mut members) = code else { return self.part(code, Masks::NONE, place) };
        let root = members.remove("root_module");
        let mut parts = self.plain(members, place);
        if let Some(root) = root {
            parts.insert("root_module".to_owned(), self.code(root, place));
        }
        Part::map(parts)
    }

    /// A module of the code.
    fn code(&mut self, module: Value, place: &Place<'_>) -> Part {
        let Value::Object(mut members) = module else { return self.part(module, Masks::NONE, place) };
        let mut take = |name: &str| members.remove(name);
        let (variables, outputs, calls) = (take("variables"), take("outputs"), take("module_calls"));
        let resources = take("resources");
        let mut parts = self.plain(members, place);
        if let Some(Value::Object(variables)) = variables {
            let variables = self.named(variables, place, |reader, name, variable, place| {
                reader.stated(name, variable, "default", place)
            });
            parts.insert("variables".to_owned(), variables);
        }
        if let Some(Value::Object(outputs)) = outputs {
            let outputs = self
                .named(outputs, place, |reader, name, output, place| reader.stated(name, output, "expression", place));
            parts.insert("outputs".to_owned(), outputs);
        }
        if let Some(Value::Object(calls)) = calls {
            let calls = self.named(calls, place, |reader, _, call, place| reader.call(call, place));
            parts.insert("module_calls".to_owned(), calls);
        }
        if let Some(Value::Array(rows)) = resources {
            let row = |row: Value| {
                let named = address(&row);
                let own = named.as_deref().map_or(*place, Place::of);
                // Commands and connections: what is written out in them may be a password.
                self.with(row, "provisioners", &own, |reader, value, place| {
                    reader.part(value, Masks::NONE, &place.hush(Hush::Marked))
                })
            };
            parts.insert("resources".to_owned(), Part::list(rows.into_iter().map(row).collect()));
        }
        Part::map(parts)
    }

    /// A variable or an output, which may say of itself that it is sensitive.
    fn stated(&mut self, name: &str, value: Value, member: &str, place: &Place<'_>) -> Part {
        let marked = value.get("sensitive") == Some(&Value::Bool(true));
        let hush = if marked { Hush::Marked } else { by_name(name) };
        self.with(value, member, place, |reader, value, place| reader.part(value, Masks::NONE, &place.hush(hush)))
    }

    /// A call of a module. What it is given for a sensitive variable is sensitive.
    fn call(&mut self, call: Value, place: &Place<'_>) -> Part {
        let Value::Object(mut members) = call else { return self.part(call, Masks::NONE, place) };
        let (given, module) = (members.remove("expressions"), members.remove("module"));
        let mut parts = self.plain(members, place);
        if let Some(Value::Object(given)) = given {
            let is_sensitive = |name: &str| {
                let variable = module.as_ref().and_then(|module| module.get("variables")?.get(name)?.get("sensitive"));
                if variable == Some(&Value::Bool(true)) { Hush::Marked } else { Hush::No }
            };
            let read = |(name, value): (String, Value)| {
                let part = self.part(value, Masks::NONE, &place.member(&name).hush(is_sensitive(&name)));
                (name, part)
            };
            parts.insert("expressions".to_owned(), Part::map(given.into_iter().map(read).collect()));
        }
        if let Some(module) = module {
            parts.insert("module".to_owned(), self.code(module, place));
        }
        Part::map(parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sections_are_those_that_policies_may_read() {
        let names: Vec<&str> = SECTIONS.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, crate::model::SECTIONS);
    }
}
