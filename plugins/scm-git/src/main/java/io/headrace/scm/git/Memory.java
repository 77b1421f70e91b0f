package io.headrace.scm.git;

import io.headrace.api.ScmProvider.Revision;
import java.util.Optional;

/**
 * What was lately read of commits, which never change: many runs of one commit then need no git
 * process to begin. At most 8 MiB of files and 4 Mi characters of messages.
 */
final class Memory {

    private static final int MOST_FILES = 256;
    private static final int LARGEST_FILE = 32 * 1024;
    private static final int MOST_REVISIONS = 1024;
    private static final int LONGEST_MESSAGE = 4 * 1024;

    private final Recent<Key, byte[]> files = new Recent<>(MOST_FILES);
    private final Recent<Key, Revision> revisions = new Recent<>(MOST_REVISIONS);

    private record Key(String url, String commit, String path) {}

    Optional<byte[]> file(GitUrl url, String commit, String path) {
        return files.find(new Key(url.text(), commit, path)).map(byte[]::clone);
    }

    void keepFile(GitUrl url, String commit, String path, byte[] bytes) {
        if (bytes.length <= LARGEST_FILE) {
            files.add(new Key(url.text(), commit, path), bytes.clone());
        }
    }

    /** Finds a commit; its {@link Revision#ref} is that of who asked first. */
    Optional<Revision> revision(GitUrl url, String commit) {
        return revisions.find(new Key(url.text(), commit, ""));
    }

    void keepRevision(GitUrl url, Revision revision) {
        if (revision.message().length() <= LONGEST_MESSAGE) {
            revisions.add(new Key(url.text(), revision.commit(), ""), revision);
        }
    }
}
