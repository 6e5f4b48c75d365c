//! What the link stage joins onto a resource.

use super::{ChainLink, EdgeRoute, Fact, Gate, PointGap, RecordTarget, SiblingRecord, WayOut, facts};

facts! {
    /// What the link stage joined onto a resource: everything that a policy may ask and that does not stand in the
    /// resource itself. Where the search that filled a fact was not complete, the fact is marked in
    /// [`Resource::unknown`](super::Resource::unknown), and what stands here is only what was found so far.
    Joined {
        /// Applications of the configuration that the resource belongs to, sorted.
        applications: Vec<String>,
        /// The most demanding pattern of its applications: `backup-restore`, `pilot-light`, `warm-standby`, `active-active`.
        pattern: String,
        /// The strictest recovery point objective of its applications, minutes.
        rpo_minutes: u64,
        /// The strictest recovery time objective of its applications, minutes.
        rto_minutes: u64,
        /// The longest retention that its applications ask for, days.
        retention_days: u32,
        /// The longest retention that the applications ask for that it is sure to belong to, days. Never unknown: where it
        /// may belong to others, more may be asked. Absent: none of them asks for any.
        retention_floor_days: u32,
        /// Where it is to come back, from the recovery pairs of the configuration. Absent: no pair names its region.
        recovery_region: String,
        /// The account in which it is to come back. Its own, unless the pair says otherwise.
        recovery_account: String,
        /// It is to come back in another account than its own. Absent: no pair names its region.
        in_another_account: bool,
        /// It is in a recovery region of some pair, so it waits there for others. Not where its own region comes back
        /// elsewhere, as in two regions that stand in for each other.
        is_recovery_side: bool,
        /// The regions that come back in its own, by the recovery pairs, sorted: it may be there for any of them. So for both
        /// of two regions that stand in for each other. Empty: none does.
        stands_in_for: Vec<String>,
        /// Its keys.
        keys: Vec<JoinedKey>,
        /// What exists of its data outside its region, by every mechanism.
        copies: Vec<DataCopy>,
        /// How far its live copies outside its region are behind, each once.
        lags: Vec<Lag>,
        /// Its live replicas, and the other members of its global cluster or datastore.
        replicas: Vec<Peer>,
        /// What it is a replica of. Absent: it is no replica, or its source is not there any more.
        source: Peer,
        /// Days from the newest successful restore test of it, by restore jobs of the backup service, to when they were
        /// collected. Unknown if none is on record and older jobs are not read. Absent: none since it was created, or the
        /// backup service does not restore its kind.
        restore_test_age_days: f64,
        /// Whole days in which every restore job was read and none succeeded: since it was created, at most as far back
        /// as jobs are read. Absent: one did.
        untested_days: u32,
        /// Whole days since it was created, when it was seen. Absent: the backup service does not restore its kind.
        age_days: u32,
        /// Seconds that the newest successful restore of it took. Unknown: none is on record, so that none was timed.
        /// Absent: the backup service does not restore its kind.
        restore_seconds: u64,
        /// How the newest restore of it ended, by restore jobs of the backup service: of a test, or of somebody in need. Those
        /// that were broken off, or wait for their validation, tell nothing. Absent: none is on record, or the backup service
        /// does not restore its kind.
        newest_restore: RestoreOutcome,
        /// A restore testing plan selects it and finds a recovery point of it. False: there are such plans in its own place or
        /// its recovery place, and none of them does. Absent: there is none, or the backup service does not restore its kind.
        restore_covered: bool,
        /// Restore testing plans in its own place and its recovery place that do not restore it, and why, sorted.
        restore_misses: Vec<RestoreMiss>,
        /// What is wrong with its restores, as far as was found, so that only one policy tells it: `failed` (the newest one),
        /// `not-covered` (none is on record, and no restore testing plan comes to it). Absent: neither. Never unknown.
        restore_trouble: String,
        /// Names of the backup plans that select it, sorted.
        backup_plans: Vec<String>,
        /// The way from a backup plan that selects it to a recovery point in the recovery place, link by link; of several the
        /// one that holds furthest. Absent: no plan that selects it copies there.
        backup_chain: Vec<ChainLink>,
        /// The longest time without a recovery point of it in the vault at the end of that way, since the oldest one there.
        /// Absent: there is none, or it is not made by schedule.
        point_gap: PointGap,
        /// The longest time between two runs of the rule that copies it to the recovery place most often, minutes. Absent: none
        /// does, or only on demand.
        copy_interval_minutes: u64,
        /// How its copies to the recovery place come on, by copy jobs of the last 30 days. Absent: there is none.
        copy_queue: CopyQueue,
        /// A copy of its data is where whoever takes over its account does not get at it: in another account, or in a logically
        /// air-gapped vault. Absent: nothing is known to be a copy of it, or the backup service does not back up its kind.
        beyond_account: bool,
        /// For a logically air-gapped vault: accounts that are to restore from it and do not get at it, sorted. Absent: it is
        /// none, or no other account is to restore from it.
        unshared_with: Vec<String>,
        /// For a backup plan: the vaults that its rules back up to, air-gapped ones among them, and what is known of them.
        vaults: Vec<Destination>,
        /// For a backup plan: the vaults that its rules copy to, and what is known of them.
        copy_vaults: Vec<Destination>,
        /// For a part of a Kubernetes cluster: the zones of all its node groups, Fargate profiles and scaling groups of
        /// nodes together. Absent where the provider adds nodes by itself, and for the groups behind node groups.
        cluster_zones: Vec<String>,
        /// For a key, a role, a subnet group, a vault: ids of the resources that use it, sorted.
        used_by: Vec<String>,
        /// Everything of what is collected that could use it was seen, and nothing does. False: something uses it, or may.
        unused: bool,
        /// For a backup plan, a Kubernetes cluster and its parts: ids of the roles that it takes on and that do not exist,
        /// sorted: every role of their account was listed, and they are not among them. Service-linked roles do not count.
        missing_roles: Vec<String>,
        /// What it refers to and that is not there: the plan takes it away, or everything of its kind was listed where it
        /// would be, and it is not among that. Only what can go without it, and of which no other fact says so. Absent: it is
        /// of a kind that refers to nothing of that.
        gone: Vec<GoneReference>,
        /// What stands in for it in its recovery place. Absent: searched, and nothing does.
        counterpart: Counterpart,
        /// For an add-on or an access entry: name of the cluster that stands in for its own. Absent: none does.
        counterpart_cluster: String,
        /// Names of joined facts that rest on what code declares, sorted: `copies`. That it works, nobody has seen.
        declared: Vec<String>,
        /// For compute: instances or nodes that its counterpart is to run now, for a cluster those of its groups.
        /// Absent: it has no counterpart, or one that starts as many as are asked for (EKS Auto Mode, Fargate).
        standby_desired: u32,
        /// For compute: instances or nodes that its counterpart may run at most. Absent: as above.
        standby_max: u32,
        /// For a network: those of its ranges of addresses that its counterpart has, too, or some of them. Absent: it has
        /// no counterpart.
        overlapping: Vec<String>,
        /// For a network: it is connected to its counterpart, by a peering or by transit gateways. Absent: it has none.
        connected: bool,
        /// For a subnet that something is to grow in when its source is lost: how much room there is. Known only if it is sure
        /// that there is enough, or that there is not. Absent: nothing is to grow in it.
        room: Room,
        /// For a network: zones of the NAT gateways that its subnets use, sorted. Absent: one of them is in all zones.
        nat_zones: Vec<String>,
        /// For a network: zones of the subnets that use a NAT gateway, sorted.
        zones_behind_nat: Vec<String>,
        /// For a security group: what its counterpart does not let through, though it does, in words: `tcp 5432 from group
        /// app`. Addresses of its network stand for those of the counterpart's. Absent: it has no counterpart.
        missing_rules: Vec<String>,
        /// For a security group that a plan changes: what it let through before and does not any more, in words: `tcp 5432 from
        /// group app`. Not where somebody of everybody is still let in. Absent: no plan changes it.
        closed_rules: Vec<String>,
        /// For a subnet: the ways out of it, and what comes of them in its counterpart. Left out are its own network, peerings,
        /// gateway endpoints, routes that are not in force, and what leads to another network of its region and nowhere
        /// there: that is lost, too, and what stands in for it has other addresses. Empty where it has no counterpart, or
        /// where nothing stands in it that calls others or is called from outside: no compute, load balancer or gateway.
        ways_out: Vec<WayOut>,
        /// For a role: something that is to come back elsewhere takes it on there, or its application does and nothing
        /// else in the recovery place plays its part. For a region: something that holds data or runs is in it.
        needed_in_recovery: bool,
        /// For a function: the hash of the code that its counterpart runs. Absent: it has no counterpart.
        standby_code_hash: String,
        /// For a quota of a recovery region: how much of what it limits there will be after the recovery, with what is
        /// there already. Where it is not known what of that stands in for what comes, the number is known only if the
        /// least and the most that it can be are on the same side of the quota. Absent: nothing comes back there, or, of
        /// functions, nothing that is reserved.
        quota_needed: u64,
        /// For the warning of a quota: something is to come back in its region.
        comes_back_here: bool,
        /// For a region: what policies of the organization deny its account in the recovery region of that region.
        denials: Vec<Denial>,
        /// For a policy of an organization that a plan makes or changes: recovery regions, of the recovery pairs, that it shuts
        /// out and did not before, sorted. Absent: no plan does.
        shut_out: Vec<String>,
        /// For what is told of places, in a region in which another is to come back: the places in that other region that it
        /// is told of, runs from, reads or writes to. They are gone with it. Absent: its region is for no other to come back in.
        hard_wired: Vec<HardWired>,
        /// For what runs in a recovery place: whether it reaches the databases and caches that it will have to talk to where
        /// it runs: those that it, or what it stands in for, talks to, or what takes over for them there. Empty where it
        /// waits for nothing.
        reach: Vec<Reach>,
        /// For a service in a recovery place: whether it reaches what its tasks need before they run. What it needs of the
        /// region that is lost is left out. Empty where it waits for nothing.
        startup: Vec<Startup>,
        /// For a DNS record or an edge: what it leads to, in the order of its targets.
        targets: Vec<RecordTarget>,
        /// For an edge that takes requests: what it leads to with which requests.
        routes: Vec<EdgeRoute>,
        /// For a DNS record: all records of its zone, name and type, itself among them, by id.
        siblings: Vec<SiblingRecord>,
        /// For a DNS record: the health check that it is gated by. Absent: none.
        gate: Gate,
        /// For a DNS record or an edge: the regions whose loss it has to answer to, sorted: those that it leads to and that
        /// come back elsewhere; for a secondary those of its primary.
        lost_regions: Vec<String>,
        /// For what keeps switches: ids of those of them that no assertion is about, sorted.
        unguarded_controls: Vec<String>,
        /// For a certificate: names of it that no valid certificate of the recovery place covers, sorted.
        uncovered_names: Vec<String>,
        /// For a load balancer: ports that it listens on and its counterpart does not, sorted. Absent: it has no
        /// counterpart.
        missing_ports: Vec<u32>,
        /// For a certificate: whole days until it expires, from when it was collected. Below 0: it has expired. Absent: it
        /// was not issued.
        expires_in_days: i64,
        /// For a secret or a parameter: the key that its counterpart is encrypted with. Absent: it has no counterpart, or
        /// one that is not encrypted.
        counterpart_key: CounterpartKey,
        /// For what runs images, or starts machines from them: where it would take them from in its recovery place; where
        /// it waits in a recovery place itself, in its own. Images that are in no registry of a region are left out, and so
        /// are those of machines that every region has. Empty where no pair names its region.
        images: Vec<JoinedImage>,
        /// For what starts machines in a recovery place, or waits in one: whether the types that it may start are to be had
        /// there. Absent: it is to start nowhere else, or says no types. For a database that comes back elsewhere: whether
        /// the types that it runs on are, with its engine and version. Absent: something stands in for it there that runs
        /// already, or its cluster is asked.
        offering: Offering,
        /// For what starts machines and comes back elsewhere: how many machines of the types that it may start are
        /// reserved and free in its recovery place. Absent: it is to come back nowhere.
        reserved_instances: u32,
        /// For what writes a log: the log groups, in its recovery place or, where it waits in one itself, in its own.
        /// Empty where no pair names its region.
        logs: Vec<JoinedLog>,
        /// For an image repository: tags that its counterpart has, too, and that mean another image there, sorted.
        /// Empty where it has no counterpart.
        tags_that_differ: Vec<String>,
        /// For a database or a cache: the groups of settings that it runs with and that are not the provider's own, and those
        /// of its counterpart. Empty where it has no counterpart, and where the service keeps the settings of both the same.
        settings: Vec<SettingsGroup>,
    }

    /// A reference to something that is not there.
    GoneReference {
        /// What it is to the resource: `filtered-by`, `in-subnet`, …
        rel: String,
        /// What such a reference is for: `containment`, `data-flow`, `permission`, `continuity`, `observability`.
        class: String,
        /// What kind of thing it would be, in words: `security group`.
        what: String,
        /// Its id, as it is written there.
        id: String,
        /// The part of the resource that says so: `container api, secret DB_PASSWORD`. Absent: the resource as a whole.
        at: String,
    }

    /// The key of what stands in for a resource.
    CounterpartKey {
        /// Its id (ARN), or the alias that was given.
        id: String,
        /// Its state, lower-case. Absent: it is not there any more, or is the provider's own, which has none.
        state: String,
        /// It can be used now.
        usable: bool,
    }

    /// Copy jobs of one resource to the recovery place, of which one goes at a time.
    CopyQueue {
        /// Those that have not ended.
        waiting: u32,
        /// How long ago the oldest of them was made, minutes. Absent: none waits.
        oldest_minutes: u64,
        /// How long those that completed took, the median, minutes. Absent: none did.
        usual_minutes: u64,
    }

    /// How a restore ended.
    RestoreOutcome {
        /// Id of the restore job.
        job: String,
        /// Name of the plan that restored it for a test. Absent: none did.
        plan: String,
        /// It completed, and whoever validated it was content.
        succeeded: bool,
        /// What went wrong: `failed: no such subnet group`, `was not validated in time`. Absent: nothing did.
        why: String,
        /// Days from its end to when it was collected.
        age_days: f64,
    }

    /// A restore testing plan that does not restore something.
    RestoreMiss {
        /// Its name.
        plan: String,
        /// Why: `restores no RDS`, `finds no recovery point of it in us-west-2`.
        why: String,
    }

    /// A group of settings that something runs with, and that of its counterpart.
    SettingsGroup {
        /// `parameter` or `option`.
        what: String,
        /// Its name.
        name: String,
        /// The name of that of the counterpart. Absent: it has none.
        counterpart: String,
        /// That one sets what this one does. Where it could not be read what they set, names tell: the same, but for the
        /// region in it. False: it sets something else, is for another engine or version, or the counterpart runs with the
        /// provider's own, or with none. Unknown: nobody could read what two groups of other names set.
        covered: bool,
        /// What that one leaves out or sets to something else, sorted. Absent: it was not compared.
        differing: Vec<String>,
        /// The engine and version that each is for, where they are not the same: `aurora-postgresql15, aurora-postgresql16`.
        /// Absent: they are, or it is not known.
        families: String,
    }

    /// An image that something runs, where it is to run.
    JoinedImage {
        /// Where it says so: `container api`.
        at: String,
        /// As it is written.
        reference: String,
        /// Name of the repository.
        repository: String,
        /// Its digest, where it is given or its tag has one in the registry that it names. Absent: that registry does not
        /// have the tag.
        digest: String,
        /// It is there, by its digest; where no digest is to be had, by its tag.
        found: bool,
        /// Region of the registry that was looked in.
        region: String,
        /// Account of the registry that was looked in.
        account: String,
    }

    /// Whether types of machines are to be had where they are to be started.
    Offering {
        /// The region that was looked in.
        region: String,
        /// What they are to run: `postgres 16.3`. Absent: whatever a machine runs.
        engine: String,
        /// The zones that were looked in, sorted: those of its counterpart, or its own where it waits there. Absent: all.
        zones: Vec<String>,
        /// Types that one of these zones offers, sorted.
        offered: Vec<String>,
        /// Types that none of them offers, sorted.
        missing: Vec<String>,
    }

    /// A log group that something writes to, where it is to run.
    JoinedLog {
        /// Where it says so: `container api`.
        at: String,
        /// Name of the log group.
        group: String,
        /// It is there. Absent where what writes the log makes it: then it need not be there.
        found: bool,
        /// It is made where it is missing.
        creates: bool,
        /// Region that was looked in.
        region: String,
    }

    /// What a policy of an organization denies in a recovery region.
    Denial {
        /// Id (ARN) of the policy.
        policy: String,
        /// Policy and statement: `policy 'regions', statement 2`.
        at: String,
        /// Services that are denied and that something which comes back uses, sorted.
        services: Vec<String>,
        /// The condition key and value, or the ARN.
        value: String,
        /// It denies whoever calls. Unknown: what else decides it depends on the request.
        certain: bool,
        /// What else decides whether it denies: `ArnNotLike aws:PrincipalARN`. Absent: nothing.
        unless: String,
    }

    /// A key that a resource is encrypted with, as the recovery sees it.
    JoinedKey {
        /// Its id (ARN), or the alias that was given.
        id: String,
        /// Its first alias, without `alias/`. Absent: it has none.
        alias: String,
        /// `customer` or `provider`.
        manager: String,
        /// Its state, lower-case.
        state: String,
        /// It can be used now.
        usable: bool,
        /// The key in the recovery place that stands in for it. Absent: searched, and there is none.
        counterpart: Counterpart,
    }

    /// What stands in for a resource in its recovery place.
    Counterpart {
        /// Its id (ARN).
        id: String,
        /// How we know: `declared`, `multi-region-replica`, `key-of-copy`, `same-alias`, `provider-managed`, `same-name`,
        /// `region-in-name` (the same name but for the region in it), `only-one` (of its kind in either place),
        /// `same-application` (for compute and load balancers the only one of its kind, for a cache any), `same-names` (a
        /// certificate that covers all of its names), `same-zone` (for subnets one for the same kind of traffic in the zone of
        /// the same position), `names-together` (several that do), `sibling-record` (where another
        /// record of the same name leads), `global`, `replica`, `region` (of an account: the recovery region itself),
        /// `auto-mode` (EKS runs by itself what the add-on runs).
        how: String,
        /// Where it is.
        region: String,
        /// Whose it is.
        account: String,
        /// Its state, lower-case. Of a key that encrypts no data, what it is instead: `for sign_verify`, `asymmetric`.
        state: String,
        /// It can be used now, and for what it is to stand in for.
        usable: bool,
    }

    /// A vault that a rule of a backup plan writes to.
    Destination {
        /// Name of the rule.
        rule: String,
        /// Id (ARN) of the vault, or its name where it was not found.
        vault: String,
        /// Where it is.
        region: String,
        /// Whose it is. Absent: it is in the account of the plan.
        account: String,
        /// The vault is there. False: every vault of its place was listed, and it is not among them.
        exists: bool,
        /// Days that the rule keeps there what it writes. Absent: for ever.
        delete_after_days: u32,
        /// Least retention that the lock of the vault takes, days. Absent: no bound.
        lock_min_days: u32,
        /// Greatest retention that the lock of the vault takes, days. Absent: no bound.
        lock_max_days: u32,
    }

    /// Something from which the data can be had in another place.
    DataCopy {
        /// `replica`, `global-cluster`, `global-datastore`, `automated-backup`, `snapshot`, `recovery-point`,
        /// `provider-replica` (DynamoDB, secrets, S3), `copy-action` (of a backup plan, where code declares both it and
        /// the resource, and no recovery point can be there yet), `snapshot-copy` (of a service that copies its snapshots itself).
        mechanism: String,
        /// Its id (ARN).
        id: String,
        /// Where it is.
        region: String,
        /// Whose it is.
        account: String,
        /// It is in the recovery place (region, and account if the pair names one).
        in_recovery_place: bool,
        /// Its state, lower-case. `infected`: a scan found malware in it.
        state: String,
        /// It can be restored from, or promoted: its state lets it, so does its key, no malware was found in it, and nothing is
        /// known that keeps everybody from opening it. One that code declares can be used by design, unless its key cannot.
        usable: bool,
        /// Minutes between the moment of its data and when it was collected. Absent for a live replica, which has no such
        /// moment.
        age_minutes: u64,
        /// Key (ARN) that it is encrypted with. Absent: none.
        key: String,
        /// Whether somebody in the recovery account may restore from it. Absent: it is not in the recovery place, or of no use
        /// anyway, or live.
        opening: Opening,
    }

    /// How far a live copy is behind.
    Lag {
        /// Its id (ARN).
        id: String,
        /// Where it is.
        region: String,
        /// It is in the recovery place (region, and account if the pair names one).
        in_recovery_place: bool,
        /// It can be promoted: its state lets it, and it follows its source.
        usable: bool,
        /// Seconds that it was behind at most, in the period in which it was measured.
        seconds: f64,
        /// It follows nothing now: its lag is told as less than nothing.
        stopped: bool,
        /// Operations that waited to be copied all the time. Absent: what copies tells no such number.
        pending: u64,
        /// Operations that were given up: what they would have copied is not there. Absent: what copies tells no such number.
        failed: u64,
        /// How long the period is, minutes. Absent: it was measured once.
        period_minutes: u32,
    }

    /// Whether a backup may be opened, by the policies of its vault and its key and what was granted of the key. What the
    /// policies of an identity add or take away, they do not tell.
    Opening {
        /// Nothing there is in the way of the recovery account, or of the role that restores.
        opens: bool,
        /// What is: `statement 'DenyRestore' of vault dr denies backup:StartRestoreJob to account 111122223333`. Or why that is
        /// not known. Absent: nothing is.
        why: String,
        /// The vault or the key (ARN) whose policy decides. Absent: nothing is in the way.
        by: String,
        /// The statement that decides. Absent: nothing is in the way, or none lets it.
        statement: String,
    }

    /// A place in the region that is lost, in what runs where it comes back.
    HardWired {
        /// Where it stands: `container api, environment DB_HOST`.
        at: String,
        /// `endpoint`, `arn`, `id`, `region`, `image`, `log`, or `reference` (in code, to a resource).
        what: String,
        /// The place itself.
        value: String,
        /// The region that is lost.
        region: String,
    }

    /// Whether a service gets through to something.
    Reach {
        /// Its id (ARN).
        to: String,
        /// For people.
        name: String,
        /// The port that it is reached on.
        port: u32,
        /// Security groups, network ACLs and routes let requests through, and answers back.
        reached: bool,
        /// Id (ARN) of what stands in the way. Absent: nothing does.
        hop: String,
        /// What stands in the way, in words. Absent: nothing does.
        why: String,
    }

    /// Room in subnets that something is to grow in, and may choose between.
    Room {
        /// Names of the subnets, which are looked at together.
        subnets: Vec<String>,
        /// Addresses that are taken there when everything runs that the sources are to run: one for each task with a network
        /// of its own and for each machine. Where it is known what is free now, without those that run already.
        needed: u64,
        /// Addresses that are free; where nobody has seen that, the most that there can be.
        free: u64,
        /// Those that are free, by zone.
        zones: Vec<ZoneRoom>,
    }

    /// Room in one zone.
    ZoneRoom {
        /// The zone.
        zone: String,
        /// Addresses that are free in its subnets.
        free: u64,
    }

    /// Whether a service gets through to something that it needs to start.
    Startup {
        /// What that is: `image registry`, `image layers`, `secret store`, `parameter store`, `log service`.
        what: String,
        /// The service, as endpoints name it: `ecr.dkr`, `s3`, `logs`. Of a registry on the internet its host: `docker.io`.
        service: String,
        /// Its region. Absent: it is on the internet.
        region: String,
        /// What asks for it first: `container api, secret DB_PASSWORD`.
        at: String,
        /// Its tasks get there from each subnet that they may stand in.
        reached: bool,
        /// By what, sorted: `endpoint`, `nat-gateway`, `internet-gateway`. Absent: they do not get there.
        via: Vec<String>,
        /// Id (ARN) of what stands in the way. Absent: nothing does.
        hop: String,
        /// What stands in the way, in words. Absent: nothing does.
        why: String,
    }

    /// Another end of a replication.
    Peer {
        /// Its id (ARN).
        id: String,
        /// For people.
        name: String,
        /// Where it is.
        region: String,
        /// It is in another region than the resource.
        cross_region: bool,
        /// It is in the recovery place.
        in_recovery_place: bool,
        /// It takes the writes.
        writer: bool,
        /// Its state, lower-case.
        state: String,
        /// It is available, and replication works.
        healthy: bool,
        /// Its engine's version.
        engine_version: String,
        /// It stands in more than one zone.
        multi_zone: bool,
        /// Instances it has. 0: a headless cluster.
        instances: u32,
        /// Its types, sorted.
        types: Vec<String>,
    }
}
