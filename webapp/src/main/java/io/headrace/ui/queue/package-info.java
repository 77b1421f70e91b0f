/** What waits, and who works. */
@NullMarked
package io.headrace.ui.queue;

import org.jspecify.annotations.NullMarked;
