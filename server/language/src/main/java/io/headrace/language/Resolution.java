package io.headrace.language;

import io.headrace.language.yaml.Mark;

/**
 * A text that had values put into it.
 *
 * @param context such as {@code job 'test (java=21)'}; empty at the top level
 * @param written the text as in the file
 * @param value what became of it
 * @param mark where it stands
 */
public record Resolution(String context, String written, String value, Mark mark) {}
