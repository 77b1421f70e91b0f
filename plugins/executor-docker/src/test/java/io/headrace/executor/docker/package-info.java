@NullMarked
package io.headrace.executor.docker;

import org.jspecify.annotations.NullMarked;
