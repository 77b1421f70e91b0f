/** The server itself: health, and a description of its own routes. */
@NullMarked
package io.headrace.web.server;

import org.jspecify.annotations.NullMarked;
