/** What waits, and who works. */
@NullMarked
package io.headrace.ui.work;

import org.jspecify.annotations.NullMarked;
