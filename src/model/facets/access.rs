//! Who may use something, by the policy that stands at it.

use super::{Fact, facts};

facts! {
    /// What the policy of a vault or a key says of what a copy or a restore needs.
    Access {
        /// Its statements about that, in order. Backup `GetBackupVaultAccessPolicy`, `aws_backup_vault_policy`; KMS
        /// `GetKeyPolicy`, `policy`. Absent: it has no policy.
        statements: Vec<AccessStatement>,
        /// Of a key: who else was given the use of it. KMS `ListGrants`, which is asked only where the policy does not give
        /// the key to its account; else it says nothing that matters, and is unknown. Absent: a vault has none.
        grants: Vec<AccessGrant>,
    }

    /// A statement of such a policy.
    AccessStatement {
        /// `statement 'DenyRestore'` by its `Sid`, else by its number: `statement 2`.
        name: String,
        /// It allows. False: it denies.
        allow: bool,
        /// Who it is about, sorted: accounts by their id or their root, roles and users (ARN), `*` for everybody, `account` for
        /// the account that it stands in. Services are left out.
        principals: Vec<String>,
        /// It is about everybody else. `NotPrincipal`.
        other_principals: bool,
        /// What it is about of what a copy or a restore needs, sorted: `backup:StartRestoreJob`.
        actions: Vec<String>,
        /// ARNs, or patterns of them, sorted.
        resources: Vec<String>,
        /// It is about every other resource. `NotResource`.
        other_resources: bool,
        /// What has to hold as well, all of it.
        conditions: Vec<AccessCondition>,
    }

    /// A condition of a statement.
    AccessCondition {
        /// `StringEquals`, `Bool`, …
        operator: String,
        /// The key: `aws:PrincipalAccount`.
        key: String,
        /// The values, any of which is enough. Absent: of a key that nothing is known of before somebody asks.
        values: Vec<String>,
    }

    /// A grant of a key.
    AccessGrant {
        /// Who was given it (ARN). `GranteePrincipal`.
        grantee: String,
        /// What of it a restore needs, sorted: `kms:Decrypt`. `Operations`.
        actions: Vec<String>,
        /// It holds under conditions only. `Constraints`.
        constrained: bool,
    }
}
