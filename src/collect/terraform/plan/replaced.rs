//! What a plan deletes at one address and creates at another under the same name: the new one starts empty.

use std::collections::HashMap;

use crate::collect::terraform::instance::Instance;
use crate::collect::terraform::mapping::Reach;
use crate::collect::terraform::reading::Reading;
use crate::model::{Action, Kind};

impl Reading {
    /// A block that is renamed, or that counts in another way, without a `moved` block. Terraform shows a deletion and a
    /// creation, but a name can be used only once in its place, so that the one is replaced by the other.
    pub(super) fn replace_by_name(&mut self) {
        let mut deleted: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
        for (at, instance) in self.stack.instances.iter().enumerate() {
            if let (Some(Action::Delete), Some(name)) = (instance.action(), unique_name(instance, false)) {
                deleted.entry((instance.kind.name, name)).or_default().push(at);
            }
        }
        let mut pairs = Vec::new();
        for (at, instance) in self.stack.instances.iter().enumerate() {
            let (Some(Action::Create), Some(name)) = (instance.action(), unique_name(instance, true)) else { continue };
            let former = deleted.get(&(instance.kind.name, name)).map(Vec::as_slice).unwrap_or_default();
            let same: Vec<_> = former.iter().filter(|old| self.is_same_place(**old, at)).collect();
            if let [old] = same[..] {
                pairs.push((*old, at));
            }
        }
        for (old, new) in pairs {
            let former = self.stack.instances[old].address.clone();
            let instance = &mut self.stack.instances[new];
            instance.replaces = Some(old);
            if let Some(change) = &mut instance.change {
                (change.action, change.moved_from) = (Action::Replace, Some(former));
            }
        }
    }

    /// Whether both are in one place, as far as that is known to be so.
    fn is_same_place(&self, old: usize, new: usize) -> bool {
        let (old, new) = (&self.stack.instances[old], &self.stack.instances[new]);
        let was = self.stack.places.place(old, &old.before, &old.unknown_before);
        let is = self.stack.places.place(new, &new.after, &new.unknown);
        let same_account = was.account.text().zip(is.account.text()).is_none_or(|(was, is)| was == is);
        let is_one = new.kind.reach == Reach::World;
        is_one || (same_account && was.region.text().zip(is.region.text()).is_some_and(|(was, is)| was == is))
    }
}

/// The name that only one thing of its type can have in its place, of what holds data.
fn unique_name(instance: &Instance, after: bool) -> Option<&str> {
    let kind = instance.kind;
    kind.kind.and_then(Kind::find).filter(|kind| kind.info().is_stateful())?;
    let values = if after { &instance.after } else { &instance.before };
    values.get(kind.unique_name()?)?.as_str().filter(|name| !name.is_empty())
}
