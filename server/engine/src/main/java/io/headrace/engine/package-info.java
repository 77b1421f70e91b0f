/**
 * The heart of the server: what runs, where, and what becomes of it.
 *
 * <p>Start at {@link io.headrace.engine.Stores} for what must be kept, and at {@link
 * io.headrace.engine.run.Runs} for how a run lives. Nothing here knows SQL, HTTP or the pages.
 */
@NullMarked
package io.headrace.engine;

import org.jspecify.annotations.NullMarked;
