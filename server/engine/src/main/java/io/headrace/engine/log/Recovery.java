package io.headrace.engine.log;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Finds out how much of a log is whole when its writer can't be asked. */
final class Recovery {

    private Recovery() {}

    /**
     * Finds the end of the last whole batch.
     *
     * @param length of the file
     * @param index which may say more than there is; null if there is none
     */
    static LogState scan(LogSource source, long length, @Nullable LogIndex index)
            throws IOException {
        var cursor = new BatchCursor(source, length);
        var entries = 0;
        if (index != null) {
            // The last entry with a whole batch: usually the very last one.
            for (entries = index.count(); entries > 0; entries--) {
                cursor.seek(index.entry(entries - 1));
                if (cursor.next()) {
                    break;
                }
            }
            if (entries == 0) {
                cursor.seek(IndexEntry.START);
            }
        }
        while (cursor.next()) {
            // Walks on to the last whole one.
        }
        var end = cursor.end();
        return new LogState(
                Math.min(length, end.offset()), end.firstLine() - 1, end.text(), entries, false);
    }
}
