/** Runs: the list, and one with its jobs, logs and artifacts. */
@NullMarked
package io.headrace.ui.run;

import org.jspecify.annotations.NullMarked;
