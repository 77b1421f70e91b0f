-- A job's place among those of its project; see QueueRules. Smaller ranks go first.
alter table live add column queue_rank bigint not null default 0;
-- Whether it goes before all that are not, whatever their projects.
alter table live add column urgent smallint not null default 0;
update live set queue_rank = queued_at - cast(priority as bigint) * 60000000,
    urgent = case when priority >= 100 then 1 else 0 end;

-- What projects may have of the workers. Those without a row have what is usual. Apart from
-- project, so that whoever claims under a limit has a row of its own to lock.
create table project_share (
    project_id bigint not null primary key references project (id),
    weight int not null,
    -- Null means no limit.
    max_running int
);

-- What is set for pools; a pool needs no row to have jobs and workers.
create table pool_rule (
    name varchar(500) not null primary key,
    -- Null means no limit.
    max_running int,
    -- How many waiting jobs are worth one more worker, and how few and many there may be.
    jobs_per_worker int not null,
    min_workers int not null,
    max_workers int not null
);
