/**
 * Brings sources from Git, by the {@code git} program.
 *
 * <p>Start at {@link io.headrace.scm.git.GitProvider}. Each repository has a mirror; what is in the
 * mirror is never fetched again. Nothing that a repository holds, and nothing in the configuration
 * of the machine or of its users, has a say in how {@code git} runs: see {@link
 * io.headrace.scm.git.Git}.
 */
@NullMarked
package io.headrace.scm.git;

import org.jspecify.annotations.NullMarked;
