create index run_of_project on run (project_id, id);
create index run_of_branch on run (project_id, branch, id);
create index run_of_project_status on run (project_id, status, id);
create index run_by_branch on run (branch, id);
create index run_by_status on run (status, id);
create index run_key_of_run on run_key (run_id);
create index job_of_run on job (run_id);
create index gate_of_run on gate (run_id);
create index need_of_job on need (job_id);
create index waiter_of_job on waiter (job_id);
create index step_of_job on step (job_id);
create index artifact_of_run on artifact (run_id);
create index artifact_of_job on artifact (job_id);
create index artifact_hash on artifact (sha256);
create index artifact_expiry on artifact (expires_at, created_at) where expired = 0;
create index token_of_account on token (account_id);
create index live_queue on live (lane, priority desc, queued_at, job_id) where fence is null;
create index live_lease on live (lease_until) where fence is not null;

-- Rows here are born, change twice and die within seconds: leave room for the changes, and clean
-- up by count and not by share.
alter table live set (fillfactor = 60, autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
alter table run set (fillfactor = 85);
alter table job set (fillfactor = 85);
