/**
 * Archives: files that hold a database, or all that a server keeps, with a digest of each part.
 *
 * <p>Start at {@link ArchiveWriter} and {@link ArchiveReader}; {@link Manifest} says what an
 * archive looks like inside.
 */
@NullMarked
package io.headrace.engine.backup;

import org.jspecify.annotations.NullMarked;
