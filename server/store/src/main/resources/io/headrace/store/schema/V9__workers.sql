-- Every process that has opened this database and not closed it again.
create table worker (
    name varchar(500) not null primary key,
    -- Which start of a process this is: whoever enters last has the name.
    session_id bigint not null,
    kind varchar(50) not null,
    -- Words, separated by commas.
    pools varchar(4000) not null,
    labels varchar(4000) not null,
    slots int not null,
    version varchar(100) not null,
    started_at bigint not null,
    seen_at bigint not null,
    lease_until bigint not null,
    draining smallint not null
);

-- Work that one process does for all.
create table lease (
    name varchar(100) not null primary key,
    holder bigint not null,
    fence bigint not null,
    held_until bigint not null
);
