//! Where a value stands.

use super::secrets;

/// Where a value stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) above: Option<&'a Self>,
    pub(super) name: &'a str,
    pub(super) hush: Hush,
    /// It is handed to a program.
    pub(super) environment: bool,
}

impl<'a> Place<'a> {
    pub(super) const fn of(name: &'a str) -> Self {
        Self { above: None, name, hush: Hush::No, environment: false }
    }

    /// The place of a member.
    pub(super) fn member(&'a self, name: &'a str) -> Self {
        // References name what a value comes from, and are none.
        let hush = match self.hush {
            _ if name == "references" => Hush::No,
            Hush::No if secrets::is_secret(name) => Hush::Named,
            hush => hush,
        };
        let environment = self.environment || secrets::is_environment(name);
        Self { above: Some(self), name, hush, environment }
    }

    pub(super) fn hush(self, hush: Hush) -> Self {
        Self { hush: self.hush.max(hush), ..self }
    }

    /// As it holds for what stands in a list of blocks, or in a block: their own names tell.
    pub(super) const fn of_block(self) -> Self {
        match self.hush {
            Hush::Marked => self,
            Hush::No | Hush::Named => Self { hush: Hush::No, ..self },
        }
    }

    pub(super) fn words(&self) -> String {
        match self.above {
            Some(above) => format!("{}.{}", above.words(), self.name),
            None => self.name.to_owned(),
        }
    }
}

/// Whether what stands at a place is secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hush {
    No,
    /// Its name tells: texts and numbers are taken away, and whether something is switched on is not.
    Named,
    /// The code says that it is sensitive, so that all of it is.
    Marked,
}
