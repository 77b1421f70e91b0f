/** Pages about oneself: logging in, the first setup, the profile. */
@NullMarked
package io.headrace.ui.account;

import org.jspecify.annotations.NullMarked;
