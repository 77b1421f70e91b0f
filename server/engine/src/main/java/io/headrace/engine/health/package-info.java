/**
 * How the server and what it relies on are.
 *
 * <p>Start at {@link io.headrace.engine.health.Health}.
 */
@NullMarked
package io.headrace.engine.health;

import org.jspecify.annotations.NullMarked;
