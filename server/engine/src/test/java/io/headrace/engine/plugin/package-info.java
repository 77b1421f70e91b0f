@NullMarked
package io.headrace.engine.plugin;

import org.jspecify.annotations.NullMarked;
