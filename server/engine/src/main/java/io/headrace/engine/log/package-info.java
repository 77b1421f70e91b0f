/** Logs of attempts: written once, read from any line, never held in memory. */
@NullMarked
package io.headrace.engine.log;

import org.jspecify.annotations.NullMarked;
