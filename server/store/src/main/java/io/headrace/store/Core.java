package io.headrace.store;

import io.headrace.engine.TimeId;

/** What all stores of one database share. */
record Core(
        Vendor vendor,
        Writer writer,
        Readers readers,
        Notifier notifier,
        ReadyQueue queue,
        Queueing queueing,
        TimeId ids,
        HeldNeeds held) {}
