drop index live_queue;
create index live_queue on live (lane, urgent, project_id, queue_rank, job_id) where fence is null;
-- Finds what has waited longest.
create index live_waiting on live (created_at) where fence is null and urgent = 0;
