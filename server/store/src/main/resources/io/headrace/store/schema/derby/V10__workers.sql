create index worker_seen on worker (seen_at);
