/** The page on which a pipeline file is written and checked as one types. */
@NullMarked
package io.headrace.ui.validator;

import org.jspecify.annotations.NullMarked;
