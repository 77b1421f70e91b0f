/** Who may see which page. A page that does not say so is closed. */
@NullMarked
package io.headrace.ui.access;

import org.jspecify.annotations.NullMarked;
