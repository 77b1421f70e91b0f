-- Why it did not succeed, and how many microseconds the next attempt had to wait; null where there
-- is nothing to say.
alter table attempt add column failure varchar(50);
alter table attempt add column retry_delay bigint;

-- How jobs are tried again, where a pipeline says so: of a whole run (with an empty key), or of one
-- job. JSON.
create table retry_policy (
    run_id bigint not null references run (id),
    job_key varchar(500) not null,
    content varchar(2000) not null,
    primary key (run_id, job_key)
);

-- Jobs that were tried again: since when, and how many attempts were not counted because what the
-- job needs was down.
create table retrying (
    job_id bigint not null primary key references job (id),
    since bigint not null,
    held int not null
);

-- Tries of a step that were followed by another.
create table step_try (
    attempt_id bigint not null,
    place int not null,
    number int not null,
    job_id bigint not null references job (id),
    exit_code int,
    reason varchar(4000) not null,
    failure varchar(50) not null,
    took bigint not null,
    delay bigint not null,
    finished_at bigint not null,
    primary key (attempt_id, place, number)
);

-- Jobs that used up their attempts for reasons that are not their author's.
create table dead_letter (
    id bigint not null primary key,
    run_id bigint not null references run (id),
    job_id bigint not null references job (id),
    project_id bigint not null references project (id),
    -- The attempt that was the last.
    attempt_id bigint not null,
    attempts int not null,
    failure varchar(50) not null,
    reason varchar(4000) not null,
    -- The reason without numbers, ids and paths, and the first 16 digits of its hash.
    cause varchar(1000) not null,
    cause_key varchar(16) not null,
    died_at bigint not null,
    -- 0 open, 1 queued again, 2 dismissed.
    state smallint not null check (state between 0 and 2),
    handled_at bigint,
    handled_by varchar(1000),
    -- The run in which it runs again, if it is another.
    again_run_id bigint
);

-- Things outside that jobs need, and whether they are used just now.
create table breaker (
    name varchar(250) not null primary key,
    -- 0 closed, 1 open, 2 half open.
    state smallint not null check (state between 0 and 2),
    failures int not null,
    successes int not null,
    failure varchar(50) not null,
    reason varchar(4000) not null,
    opened int not null,
    changed_at bigint not null,
    last_failure_at bigint,
    -- From when on one job may try whether it works again.
    try_at bigint,
    -- The attempt that tries, and how long it may take to say something.
    trial_id bigint,
    trial_until bigint
);
