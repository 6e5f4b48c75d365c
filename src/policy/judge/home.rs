//! A plan, and the resources that its rows are.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};

use crate::model::{Document, Part, Resource};

/// A document, and where the resources are that it is about.
pub(super) struct Home<'a> {
    pub(super) document: &'a Document,
    /// What of it is judged.
    pub(super) root: &'a Part,
    pub(super) resources: &'a [Resource],
    /// Index of the resource that stands for it.
    pub plan: usize,
    /// Indexes of its resources, by address.
    pub(super) by_address: HashMap<&'a str, usize>,
    /// Finds addresses in a text.
    pub(super) addresses: Option<AhoCorasick>,
}

/// Plans and states that policies are asked about as a whole.
#[derive(Clone, Copy, Debug, Default)]
pub struct Documents<'a> {
    /// What stands for them is among the resources.
    pub all: &'a [Document],
    /// They are judged as they were before their changes.
    pub before: bool,
}

/// Where the documents are at home.
pub(super) fn homes<'a>(documents: Documents<'a>, resources: &'a [Resource]) -> Vec<Home<'a>> {
    let Documents { all, before } = documents;
    let home = |document: &'a Document| {
        let root = if before { document.before.as_ref()? } else { &document.root };
        let plan = resources.iter().position(|resource| resource.id == document.id)?;
        let own = resources.iter().enumerate().filter(|(_, one)| one.origin.stack == document.stack);
        let by_address = own.filter_map(|(at, one)| Some((one.origin.address.as_deref()?, at))).collect();
        let longest = AhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest).build(&document.addresses);
        Some(Home { document, root, resources, plan, by_address, addresses: longest.ok() })
    };
    all.iter().filter_map(home).collect()
}
