//! Plans of ARC Region switch: can this one be executed, and which one would recover an application?
//!
//! Region switch evaluates its plans itself. It looks at what a step names, and no further: not at keys, secrets, images and
//! records beside it, at the order of steps, or at what of the application no step brings back.

mod at;
mod blocks;
mod check;
mod cover;
mod dns;
mod estate;
mod evaluation;
mod form;
mod global;
mod instances;
mod make;
mod makers;
mod plan;
mod repeated;
mod scaling;
mod settings;
mod shapes;
#[cfg(test)]
mod tests;

pub use check::{Ready, check, is_plan};
pub use make::plan as make;
