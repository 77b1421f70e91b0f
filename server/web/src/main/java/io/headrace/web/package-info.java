/**
 * The server over HTTP: REST, server-sent events, badges. It translates and decides nothing.
 *
 * <p>Start at {@link io.headrace.web.WebModule}, which puts everything into a servlet context.
 */
@NullMarked
package io.headrace.web;

import org.jspecify.annotations.NullMarked;
