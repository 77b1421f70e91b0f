package io.headrace.language;

/** A pipeline as written: every name checked, nothing expanded or decided. Immutable. */
public record Pipeline(String name) {}
