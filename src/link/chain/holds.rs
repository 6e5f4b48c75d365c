//! A link of a chain, and what it came to.

use crate::model::{ChainLink, Fact};

/// What a link came to: nothing is wrong with it, what is, or why that cannot be told.
pub(in crate::link) enum Holds {
    Yes,
    No(String),
    Unclear(String),
}

pub(in crate::link) fn link(what: &str, label: String, holds: Holds) -> ChainLink {
    let (holds, why) = match holds {
        Holds::Yes => (Fact::Known(true), Fact::Absent),
        Holds::No(why) => (Fact::Known(false), Fact::Known(why)),
        Holds::Unclear(why) => (Fact::Unknown, Fact::Known(why)),
    };
    ChainLink { what: what.into(), label: Fact::Known(label), holds, why }
}
