/** Runs with their plans, logs and artifacts, and the queue that they wait in. */
@NullMarked
package io.headrace.web.run;

import org.jspecify.annotations.NullMarked;
