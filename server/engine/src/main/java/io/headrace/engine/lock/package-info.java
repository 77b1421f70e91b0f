/**
 * What only so many runs or jobs have at a time: locks of jobs, and groups of runs that take turns.
 */
@NullMarked
package io.headrace.engine.lock;

import org.jspecify.annotations.NullMarked;
