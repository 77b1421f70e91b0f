/** Proves the promises of {@link io.headrace.engine.Stores} on both databases. */
@NullMarked
package io.headrace.store;

import org.jspecify.annotations.NullMarked;
