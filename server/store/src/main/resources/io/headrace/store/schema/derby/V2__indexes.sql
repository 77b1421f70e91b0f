-- Derby reads an index in its own direction only: lists that show the newest first need
-- descending ones.
create index run_newest on run (id desc);
create index run_of_project on run (project_id, id desc);
create index run_of_branch on run (project_id, branch, id desc);
create index run_of_project_status on run (project_id, status, id desc);
create index run_by_branch on run (branch, id desc);
create index run_by_status on run (status, id desc);
create index live_lease on live (lease_until);
create index artifact_hash on artifact (sha256);
create index artifact_expiry on artifact (expired, expires_at, created_at);
