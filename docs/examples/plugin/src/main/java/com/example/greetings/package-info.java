/** A plugin for Headrace that says hello, and counts. */
@NullMarked
package com.example.greetings;

import org.jspecify.annotations.NullMarked;
