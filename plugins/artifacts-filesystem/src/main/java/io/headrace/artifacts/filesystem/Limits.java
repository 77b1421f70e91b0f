package io.headrace.artifacts.filesystem;

/**
 * How much may be kept.
 *
 * @param quota in bytes, for all blobs together
 * @param keepFree bytes of the disk that are left alone
 */
record Limits(long quota, long keepFree) {}
