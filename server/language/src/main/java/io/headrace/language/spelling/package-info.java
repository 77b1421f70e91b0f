/** Finds what somebody meant who mistyped a name. */
@NullMarked
package io.headrace.language.spelling;

import org.jspecify.annotations.NullMarked;
