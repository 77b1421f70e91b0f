/**
 * Reads YAML into a tree that knows where each piece stands, or says in plain words why it can't.
 *
 * <p>Start at {@link io.headrace.language.yaml.YamlReader}. Scalars keep their text: no number,
 * date or boolean is made of them here, and no object of any class.
 */
@NullMarked
package io.headrace.language.yaml;

import org.jspecify.annotations.NullMarked;
