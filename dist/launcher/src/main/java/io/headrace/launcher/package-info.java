/**
 * Starts Headrace by itself: a Jetty around the unpacked WAR.
 *
 * <p>{@code io.headrace.Main}, at the WAR's root, unpacks and loads what is here.
 */
@NullMarked
package io.headrace.launcher;

import org.jspecify.annotations.NullMarked;
