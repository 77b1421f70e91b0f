package io.headrace.engine.access;

/** What somebody may do. */
public enum Permission {
    /** See projects, runs, logs, artifacts, the queue and workers. */
    VIEW,
    /** Start, cancel and repeat runs. */
    RUN,
    /** Add, change and delete projects. */
    CONFIGURE,
    /** Everything else: plugins, accounts, settings of the server. */
    ADMINISTER
}
