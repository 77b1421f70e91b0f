/** Administration: plugins and the pages that they bring, users. */
@NullMarked
package io.headrace.ui.admin;

import org.jspecify.annotations.NullMarked;
