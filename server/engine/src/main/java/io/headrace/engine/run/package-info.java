/** Runs, their jobs, attempts and steps, and how they come to their ends. */
@NullMarked
package io.headrace.engine.run;

import org.jspecify.annotations.NullMarked;
