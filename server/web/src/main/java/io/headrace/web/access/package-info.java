/**
 * Who calls, and whether they may: sessions, tokens, permissions of routes, and the accounts
 * themselves.
 */
@NullMarked
package io.headrace.web.access;

import org.jspecify.annotations.NullMarked;
