/** Projects: the list, adding one, and one with its settings. */
@NullMarked
package io.headrace.ui.project;

import org.jspecify.annotations.NullMarked;
