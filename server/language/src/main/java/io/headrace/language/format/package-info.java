/**
 * Writes pipeline files in one style, with their comments and their meaning.
 *
 * <p>Start at {@link io.headrace.language.format.Formatter}.
 */
@NullMarked
package io.headrace.language.format;

import org.jspecify.annotations.NullMarked;
