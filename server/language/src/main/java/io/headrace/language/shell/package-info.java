/**
 * Finds habits in shell commands that let people from outside run commands of their own.
 *
 * <p>Start at {@link io.headrace.language.shell.ShellHabits}. It reads as much of the shell's
 * grammar as telling code from text takes, and says nothing where it is in doubt.
 */
@NullMarked
package io.headrace.language.shell;

import org.jspecify.annotations.NullMarked;
