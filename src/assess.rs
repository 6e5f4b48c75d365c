//! Assess: which verdicts count today? Waivers, baseline, change, severity, gate.

pub mod baseline;
