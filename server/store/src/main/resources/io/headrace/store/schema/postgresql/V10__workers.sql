-- The numbers of controllers, which are part of ids: none comes again before all others were given.
create sequence controller_number minvalue 0 maxvalue 1023 cycle;

create index worker_seen on worker (seen_at);

-- A few rows that change all the time.
alter table worker set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 200);
alter table lease set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 200);
