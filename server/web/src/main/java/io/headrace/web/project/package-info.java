/** Projects and their badges. */
@NullMarked
package io.headrace.web.project;

import org.jspecify.annotations.NullMarked;
