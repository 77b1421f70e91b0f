/** Measures a server in a process of its own, over HTTP, beside what the machine can do. */
@NullMarked
package io.headrace.e2e.bench;

import org.jspecify.annotations.NullMarked;
