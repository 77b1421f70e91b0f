/** Plugins: installed, isolated, started, stopped and removed while the server runs. */
@NullMarked
package io.headrace.engine.plugin;

import org.jspecify.annotations.NullMarked;
