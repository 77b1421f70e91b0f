-- Times are microseconds since 1970 (UTC), so that no database's idea of time zones matters.
-- States: 0 pending, 1 queued, 2 running, 3 waiting, 4 succeeded, 5 failed, 6 errored,
-- 7 cancelled, 8 skipped.

create table setting (
    name varchar(100) not null primary key,
    content varchar(4000) not null
);

create table project (
    id bigint not null primary key,
    name varchar(63) not null,
    -- The name in lower case; a dash and the id in front of it once the project is being deleted.
    name_key varchar(100) not null unique,
    source_type varchar(100) not null,
    source_url varchar(4000) not null,
    source_branch varchar(1000),
    pipeline_file varchar(4000) not null,
    created_at bigint not null,
    updated_at bigint not null,
    version int not null,
    deleted smallint not null
);

-- Encrypted: of no use without the key in the server's home directory.
create table secret (
    project_id bigint not null references project (id),
    name varchar(100) not null,
    content ${text} not null,
    updated_at bigint not null,
    updated_by varchar(63) not null,
    primary key (project_id, name)
);

create table source_login (
    project_id bigint not null primary key references project (id),
    kind varchar(50) not null,
    user_name varchar(1000),
    known_hosts ${text},
    -- The address that it was given for; it is sent to no other.
    url varchar(4000) not null,
    content ${text} not null,
    updated_at bigint not null,
    updated_by varchar(63) not null
);

-- Apart from project, so that whoever reads a project does not wait for a run that is accepted.
create table run_number (
    project_id bigint not null primary key references project (id),
    last_number bigint not null
);

create table run (
    id bigint not null primary key,
    project_id bigint not null references project (id),
    number bigint not null,
    status smallint not null check (status between 0 and 8),
    reason varchar(4000) not null,
    ref_name varchar(1000) not null,
    branch varchar(500),
    tag varchar(500),
    -- What happened, such as PUSH.
    event varchar(50) not null,
    commit_id varchar(200) not null,
    message varchar(1000) not null,
    author varchar(1000) not null,
    triggered_by varchar(1000) not null,
    rerun_of bigint,
    created_at bigint not null,
    started_at bigint,
    finished_at bigint,
    time_limit bigint,
    fail_fast smallint not null,
    -- Why jobs are not to go on: 0 they are, 1 one failed, 2 somebody asked, 3 the time is up.
    stop_kind smallint not null,
    stop_reason varchar(4000) not null,
    jobs_left int not null,
    jobs_bad int not null,
    version int not null,
    constraint run_number_unique unique (project_id, number)
);

create table run_key (
    project_id bigint not null references project (id),
    idempotency_key varchar(200) not null,
    run_id bigint not null references run (id),
    primary key (project_id, idempotency_key)
);

-- JSON, read when somebody asks for it.
create table run_document (
    run_id bigint not null primary key references run (id),
    event ${text} not null,
    plan ${text},
    problems ${text} not null
);

create table job (
    id bigint not null primary key,
    run_id bigint not null references run (id),
    place int not null,
    job_key varchar(500) not null,
    name varchar(1000) not null,
    base_name varchar(500) not null,
    stage varchar(500),
    matrix varchar(16000) not null,
    -- The gate that it waits behind, or null.
    gate_id bigint,
    status smallint not null check (status between 0 and 8),
    reason varchar(4000) not null,
    kept_from bigint,
    lane varchar(4000) not null,
    priority int not null,
    -- Whether it runs although a job that it needs failed, if its condition then holds.
    runs_anyway smallint not null,
    may_fail smallint not null,
    needed smallint not null,
    retries int not null,
    failed_tries int not null,
    errored_tries int not null,
    attempt_id bigint,
    attempt_number int not null,
    created_at bigint not null,
    queued_at bigint,
    started_at bigint,
    finished_at bigint,
    version int not null
);

-- Jobs that need the same jobs wait behind one gate, so that the end of a job costs one update
-- for each gate and not one for each edge.
create table gate (
    id bigint not null primary key,
    run_id bigint not null references run (id),
    open_needs int not null,
    failed_needs int not null
);

create table need (
    gate_id bigint not null references gate (id),
    place int not null,
    job_id bigint not null references job (id),
    primary key (gate_id, place)
);

create table waiter (
    gate_id bigint not null references gate (id),
    job_id bigint not null references job (id),
    primary key (gate_id, job_id)
);

-- Attempts that are not over. The only table that claims, leases and heartbeats touch: it is as
-- small as the present, however long the history.
create table live (
    attempt_id bigint not null primary key,
    job_id bigint not null,
    run_id bigint not null,
    project_id bigint not null,
    job_key varchar(500) not null,
    number int not null,
    needs_failed smallint not null,
    lane varchar(4000) not null,
    priority int not null,
    queued_at bigint not null,
    created_at bigint not null,
    not_before bigint not null,
    worker varchar(500),
    fence bigint,
    lease_until bigint,
    started_at bigint
);

-- Attempts that are over; nothing changes here any more.
create table attempt (
    id bigint not null primary key,
    job_id bigint not null references job (id),
    number int not null,
    status smallint not null check (status between 4 and 8),
    reason varchar(4000) not null,
    exit_code int,
    worker varchar(500),
    created_at bigint not null,
    started_at bigint,
    finished_at bigint not null,
    constraint attempt_number_unique unique (job_id, number)
);

create table step (
    attempt_id bigint not null,
    place int not null,
    job_id bigint not null references job (id),
    name varchar(1000) not null,
    status smallint not null check (status between 0 and 8),
    reason varchar(4000) not null,
    exit_code int,
    started_at bigint,
    finished_at bigint,
    primary key (attempt_id, place)
);

create table artifact (
    id bigint not null primary key,
    run_id bigint not null references run (id),
    job_id bigint not null references job (id),
    attempt_id bigint not null,
    job_key varchar(500) not null,
    name varchar(1000) not null,
    path varchar(4000) not null,
    sha256 varchar(64) not null,
    bytes bigint not null,
    content_type varchar(500) not null,
    executable smallint not null,
    consumable smallint not null,
    created_at bigint not null,
    -- Null leaves it to the server's configuration.
    expires_at bigint,
    -- Whether the bytes are deleted; the row says that they were there.
    expired smallint not null
);

create table account (
    id bigint not null primary key,
    name varchar(63) not null,
    name_key varchar(63) not null unique,
    account_role varchar(50) not null,
    enabled smallint not null,
    password_hash varchar(1000) not null,
    epoch int not null,
    created_at bigint not null
);

create table token (
    id bigint not null primary key,
    account_id bigint not null references account (id),
    name varchar(1000) not null,
    hash varchar(64) not null unique,
    hint varchar(100) not null,
    -- Null means all that the account may.
    token_role varchar(50),
    created_at bigint not null,
    expires_at bigint,
    last_used_at bigint
);

create table plugin_disabled (
    plugin_id varchar(500) not null primary key
);

create table plugin_setting (
    extension varchar(1000) not null,
    name varchar(500) not null,
    content ${text} not null,
    primary key (extension, name)
);
