/** The command line as people and scripts use it: a program of its own, against a real server. */
@NullMarked
package io.headrace.e2e.cli;

import org.jspecify.annotations.NullMarked;
