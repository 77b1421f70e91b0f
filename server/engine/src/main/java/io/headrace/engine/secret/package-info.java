/**
 * What projects keep secret: values for their jobs, and the login for their repository. Nothing
 * here gives a secret back to people.
 */
@NullMarked
package io.headrace.engine.secret;

import org.jspecify.annotations.NullMarked;
