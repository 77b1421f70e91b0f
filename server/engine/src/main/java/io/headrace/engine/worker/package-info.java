/** Takes queued jobs and runs them. */
@NullMarked
package io.headrace.engine.worker;

import org.jspecify.annotations.NullMarked;
