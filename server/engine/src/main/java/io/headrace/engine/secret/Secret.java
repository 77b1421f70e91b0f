package io.headrace.engine.secret;

import java.time.Instant;

/**
 * What people may know of a secret.
 *
 * @param name see {@link io.headrace.language.SecretNames}; upper and lower case are different
 * @param updatedAt when its value was set
 * @param updatedBy name of the account that set it
 */
public record Secret(String name, Instant updatedAt, String updatedBy) {}
