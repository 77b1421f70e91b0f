/** The command line: everything that the server can be asked, from a terminal. */
@NullMarked
package io.headrace.cli;

import org.jspecify.annotations.NullMarked;
