-- Whether the run belongs to a group, and how many locks the job needs: those without, which are
-- nearly all, never look into the tables below.
alter table run add column takes_turns smallint default 0 not null;
alter table job add column locks smallint default 0 not null;

-- Who has a lock. Its key is l (of jobs) or g (of runs), the project or *, and the name. The job is
-- 0 if it is the run as a whole.
create table lock_holder (
    lock_key varchar(250) not null,
    run_id bigint not null,
    job_id bigint not null,
    since bigint not null,
    primary key (lock_key, run_id, job_id)
);

create table lock_waiter (
    lock_key varchar(250) not null,
    run_id bigint not null,
    job_id bigint not null,
    -- How many may have it, this one included.
    slots int not null,
    -- What becomes of older runs: 0 they go on, 1 those that wait are cancelled, 2 all are.
    supersedes smallint not null,
    -- Gives its place in the line; null as long as its needs are not met.
    since bigint,
    primary key (lock_key, run_id, job_id)
);

create index lock_holder_of_run on lock_holder (run_id, job_id);
create index lock_waiter_of_run on lock_waiter (run_id, job_id);
