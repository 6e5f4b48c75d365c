//! A report in words, as much of it as there is room for: what templates see.

mod frameworks;
mod limits;
mod view;

pub(super) use limits::{Limits, fitting};
pub(super) use view::View;
