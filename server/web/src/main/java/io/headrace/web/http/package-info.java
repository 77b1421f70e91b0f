/** How requests and answers look, whatever they are about: JSON, problems, pages, streams. */
@NullMarked
package io.headrace.web.http;

import org.jspecify.annotations.NullMarked;
