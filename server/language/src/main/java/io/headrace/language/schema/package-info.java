/**
 * What a pipeline file may say, as data: every key of every level with its spellings, its shape,
 * its default, its range, what it means and an example that the tests run.
 *
 * <p>Start at {@link io.headrace.language.schema.Schema}. The parser reads names, ranges and
 * defaults from here, so that whatever else is made of it (reference pages, a JSON Schema,
 * completion in editors) says what the parser does.
 */
@NullMarked
package io.headrace.language.schema;

import org.jspecify.annotations.NullMarked;
