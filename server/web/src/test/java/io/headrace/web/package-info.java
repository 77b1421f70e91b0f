@NullMarked
package io.headrace.web;

import org.jspecify.annotations.NullMarked;
