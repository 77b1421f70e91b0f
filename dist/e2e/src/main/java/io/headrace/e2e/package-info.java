/**
 * Starts servers as users start them, and drives them from outside. Used by the end-to-end tests
 * and the benchmarks.
 */
@NullMarked
package io.headrace.e2e;

import org.jspecify.annotations.NullMarked;
