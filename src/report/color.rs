//! Colours.

use crate::model::Severity;

/// Colour is for the severity's word only.
pub(crate) fn color(severity: Severity) -> anstyle::Style {
    use anstyle::AnsiColor::{Cyan, Red, Yellow};
    match severity {
        Severity::Critical => anstyle::Style::new().fg_color(Some(Red.into())).bold(),
        Severity::High => anstyle::Style::new().fg_color(Some(Red.into())),
        Severity::Medium => anstyle::Style::new().fg_color(Some(Yellow.into())),
        Severity::Low => anstyle::Style::new().fg_color(Some(Cyan.into())),
    }
}
