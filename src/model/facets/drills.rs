//! What was shown by recovering, in a drill or in earnest.

use super::{Fact, facts};
use crate::model::Timestamp;

facts! {
    /// What the record of drills tells of one application in one recovery region. A drill that was called off shows nothing.
    Drills {
        /// Its name in the configuration.
        application: String,
        /// Where the record is kept. Absent: nobody keeps one.
        record: String,
        /// How the newest drill ended, `passed` or `failed`. Absent: none came to an end.
        newest_outcome: String,
        /// Days since the newest drill ended. Absent: none did.
        newest_days: f64,
        /// When the newest drill that passed ended. Absent: none is on record.
        passed_at: Timestamp,
        /// Days since the newest drill that passed ended. Absent: none is on record.
        passed_days: f64,
        /// How long the newest drill that passed took from the loss of the region until the application was back, seconds.
        recovered_seconds: u64,
        /// How much data was lost in it, seconds: of everything that holds data, the longest time between the newest data
        /// that came back and the loss of the region. Unknown: not everything was looked at.
        lost_seconds: u64,
        /// The same of what was looked at. Absent: nothing was.
        lost_at_least_seconds: u64,
    }
}
