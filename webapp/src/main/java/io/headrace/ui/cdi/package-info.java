/** Lets CDI make the pages. */
@NullMarked
package io.headrace.ui.cdi;

import org.jspecify.annotations.NullMarked;
