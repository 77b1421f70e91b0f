/** What pages are put together from. */
@NullMarked
package io.headrace.ui.look;

import org.jspecify.annotations.NullMarked;
