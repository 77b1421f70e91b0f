/** The frame around the pages. */
@NullMarked
package io.headrace.ui.shell;

import org.jspecify.annotations.NullMarked;
