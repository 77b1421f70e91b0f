/** Who may do what: accounts, sessions, API tokens and permissions. */
@NullMarked
package io.headrace.engine.access;

import org.jspecify.annotations.NullMarked;
