/**
 * The pages, and what turns the parts of the server into one web application.
 *
 * <p>{@code Startup} opens the server when a container starts the WAR; {@link
 * io.headrace.ui.shell.MainLayout} is the frame around the pages. Pages call the engine's services;
 * what must be live or large (logs, the run page) reads the REST API in the browser instead, so
 * that it never becomes session state.
 */
@NullMarked
package io.headrace.ui;

import org.jspecify.annotations.NullMarked;
