/**
 * Keeps everything in a database: Apache Derby inside the server, or PostgreSQL for many servers.
 *
 * <p>Start at {@link DatabaseStores}. All writing goes through one thread, the {@link Writer},
 * which commits many operations at once; reading goes beside it on a few {@link Readers}. The two
 * databases differ in what {@link Vendor} declares, and in {@link ReadyQueue}; everything else is
 * one path.
 */
@NullMarked
package io.headrace.store;

import org.jspecify.annotations.NullMarked;
