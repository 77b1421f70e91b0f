package io.headrace.store;

/** Jobs of one project in one lane and one band wait in one line, in the order of their ranks. */
record LineKey(Lane lane, boolean urgent, long project) {}
