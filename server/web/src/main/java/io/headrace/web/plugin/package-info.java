/** Plugins: listed, installed, set up, removed. */
@NullMarked
package io.headrace.web.plugin;

import org.jspecify.annotations.NullMarked;
