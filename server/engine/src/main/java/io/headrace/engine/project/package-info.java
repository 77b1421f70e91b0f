/** Projects: a repository that has pipelines, with its settings. */
@NullMarked
package io.headrace.engine.project;

import org.jspecify.annotations.NullMarked;
