//! What is judged: an estate, and what is known of the plans and states that it was read from.

use std::collections::{BTreeMap, BTreeSet};

use crate::collect::overlay::lend;
use crate::collect::source::InlineWaiver;
use crate::collect::terraform::{Claim, LooseParts, TerraformInput};
use crate::model::{Document, Inventory, Notice, Planned};
use crate::text::count;

/// What was read.
#[derive(Clone, Debug)]
pub struct Input {
    /// What there is.
    pub inventory: Inventory,
    /// It is a plan: its resources carry what changes.
    pub is_plan: bool,
    /// Some of it is code, and may have files and lines.
    pub is_terraform: bool,
    /// Resources that no mapping understands, by type.
    pub not_understood: BTreeMap<String, usize>,
    /// What each plan does to all of them.
    pub planned: Vec<Planned>,
    /// What of the plans was not read, or is not done by them, in words.
    pub incomplete: Vec<String>,
    /// Parts of what the plan or state that they are in does not manage.
    pub loose: Vec<LooseParts>,
    /// What plans or states say of their own resources by what may be said of them elsewhere, too.
    pub claims: Vec<Claim>,
    /// What tells this run from others over the same repository.
    pub stack: Option<String>,
    /// The plans or states as a whole, where a policy is asked about them.
    pub documents: Vec<Document>,
    /// What the reader should know.
    pub notices: Vec<Notice>,
    /// What was typed cannot be right: the run is in error, though there is something to show.
    pub trouble: Option<String>,
}

impl From<Inventory> for Input {
    fn from(inventory: Inventory) -> Self {
        Self {
            inventory,
            is_plan: false,
            is_terraform: false,
            not_understood: BTreeMap::new(),
            planned: Vec::new(),
            incomplete: Vec::new(),
            loose: Vec::new(),
            claims: Vec::new(),
            stack: None,
            documents: Vec::new(),
            notices: Vec::new(),
            trouble: None,
        }
    }
}

impl From<TerraformInput> for Input {
    fn from(read: TerraformInput) -> Self {
        let mut input = Self {
            is_plan: read.is_plan,
            is_terraform: true,
            not_understood: read.not_understood,
            planned: if read.is_plan { vec![read.planned] } else { Vec::new() },
            ..Self::from(read.inventory)
        };
        if read.deposed > 0 {
            let left = count(read.deposed, "leftover");
            input.note(format!("{left} of interrupted replacements will be deleted, and are not judged"));
        }
        read.incomplete.iter().for_each(|text| input.note(text.clone()));
        input.incomplete = read.incomplete;
        (input.loose, input.claims) = (read.loose, read.claims);
        read.notes.into_iter().for_each(|text| input.note(text));
        input
    }
}

impl Input {
    /// Something that the reader should know.
    pub fn note(&mut self, text: String) {
        self.notices.push(Notice::note(text));
    }

    /// Tells resources what parts say of them that other plans or states manage.
    pub fn lend(&mut self) {
        let (left, notes) = lend(&mut self.inventory, std::mem::take(&mut self.loose), &self.claims);
        self.loose = left;
        notes.into_iter().for_each(|text| self.note(text));
    }

    /// Says which parts are changed of what nobody has.
    pub fn tell_not_judged(&mut self) {
        let loose = if self.is_plan { std::mem::take(&mut self.loose) } else { Vec::new() };
        let stacks: BTreeSet<_> = loose.iter().map(|parts| &parts.stack).collect();
        for stack in stacks {
            let Some(text) = LooseParts::told(loose.iter().filter(|parts| parts.stack == *stack)) else { continue };
            self.note(stack.iter().map(|stack| format!("plan {stack}: ")).chain([text.clone()]).collect());
            self.incomplete.push(text);
        }
    }

    /// Lays another one beside it. Two plans or states are told apart by their stacks.
    pub fn merge(&mut self, other: Self) {
        if self.is_terraform && other.is_terraform {
            let doubled = self.inventory.beside(other.inventory);
            self.planned.extend(other.planned);
            for one in doubled {
                let plan = self.planned.iter_mut().find(|plan| plan.stack == one.dropped);
                plan.into_iter().for_each(|plan| plan.give_up(&one.address));
                if let (true, Some(kept), Some(dropped)) = (one.both_change, &one.kept, &one.dropped) {
                    let text =
                        format!("'{}' is changed by plans {kept} and {dropped}: what {kept} does is judged", one.id);
                    self.notices.push(Notice::warning(text));
                }
            }
        } else {
            self.inventory.merge(other.inventory).into_iter().for_each(|text| self.note(text));
            self.planned.extend(other.planned);
        }
        self.is_terraform |= other.is_terraform;
        self.incomplete.extend(other.incomplete);
        self.loose.extend(other.loose);
        self.claims.extend(other.claims);
        self.documents.extend(other.documents);
        self.notices.extend(other.notices);
        self.trouble = self.trouble.take().or(other.trouble);
        for (kind, number) in other.not_understood {
            *self.not_understood.entry(kind).or_default() += number;
        }
    }
}

/// What is judged, and what its code says.
pub struct Subject {
    /// What was read.
    pub input: Input,
    /// Those in the code.
    pub waivers: Vec<InlineWaiver>,
    /// It is everything there is, not one workspace's part of it.
    pub is_whole: bool,
}

impl From<Input> for Subject {
    fn from(input: Input) -> Self {
        Self { input, waivers: Vec::new(), is_whole: true }
    }
}
