//! What was measured of a running estate: one series of a metric.

use super::{Fact, facts};
use crate::model::Timestamp;

facts! {
    /// One series of a metric, over a period that ends when it was read.
    Measurement {
        /// The provider's own name of it. CloudWatch `MetricName`: `ReplicaLag`, `AuroraGlobalDBRPOLag`.
        metric: String,
        /// `lag` (seconds that a copy is behind), `pending` (operations that wait to be copied) or `failed` (operations that
        /// were given up).
        measures: String,
        /// Id (ARN) of what it is measured at: the replica, or the source of what the provider copies by itself. Of CloudWatch's
        /// dimensions `DBInstanceIdentifier`, `DBClusterIdentifier`, `CacheClusterId`, `TableName`, `SourceBucket`.
        of: String,
        /// Where the copy is: a region (`ReceivingRegion`), or the id (ARN) of a bucket (`DestinationBucket`). Absent: it is
        /// what is measured.
        to: String,
        /// Of a lag the greatest, of what is pending the least, of what failed the sum of the period. Less than nothing is no
        /// measurement. Unknown: there was none.
        value: f64,
        /// The newest value. Less than nothing: it follows nothing now.
        newest: f64,
        /// When the newest one is from: the beginning of its five minutes. `Timestamps`.
        at: Timestamp,
        /// How long the period is, minutes.
        period_minutes: u32,
    }
}
