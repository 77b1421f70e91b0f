package io.headrace.executor.docker;

import io.headrace.api.ExecutionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * A workspace that is a volume of the container, on an engine whose files this machine does not
 * see. Files go in and out as archives, through the engine, which keeps within the container.
 */
final class CopiedFiles implements WorkspaceFiles {

    /** Not the volume itself: that belongs to root, and the engine offers no way to change it. */
    private static final String JOB = "job";

    private static final String PATH = Hardening.WORKSPACE + "/" + JOB;

    private final Container container;
    private boolean handedOver;

    CopiedFiles(Container container) {
        this.container = container;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public void handOver() throws IOException {
        if (!handedOver) {
            send(Hardening.WORKSPACE, tar -> directory(tar, JOB + "/"));
            handedOver = true;
        }
    }

    @Override
    public void handBack() {
        // The volume goes with its container.
    }

    private interface Content {

        void writeTo(TarArchiveOutputStream tar) throws IOException, ExecutionException;
    }

    /** Carries a refusal through the sending of a body. */
    private static final class Refused extends IOException {

        private static final long serialVersionUID = 1L;

        private final ExecutionException why;

        Refused(ExecutionException why) {
            super(why);
            this.why = why;
        }
    }

    private void send(String directory, Content content) throws IOException {
        var path = container.path("/archive?path=" + directory);
        container
                .engine()
                .put(
                        path + "&noOverwriteDirNonDir=1",
                        out -> {
                            var tar = Packing.tar(out);
                            try {
                                content.writeTo(tar);
                            } catch (ExecutionException e) {
                                throw new Refused(e);
                            }
                            tar.finish();
                        });
    }

    @Override
    public void put(String directory, InputStream tar) throws IOException, ExecutionException {
        var base = TarNames.parts(directory);
        handOver();
        try {
            send(PATH, out -> new Rewriting(out, base).rewrite(tar));
        } catch (Refused e) {
            throw e.why;
        }
    }

    private void directory(TarArchiveOutputStream tar, String name) throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setMode(040755);
        entry.setIds((int) container.user().uid(), (int) container.user().gid());
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    /** Copies an archive, with names below a directory and everything owned by commands' user. */
    private final class Rewriting {

        private final TarArchiveOutputStream out;
        private final List<String> base;
        private final Set<List<String>> made = new HashSet<>();
        private final Set<List<String>> links = new HashSet<>();

        Rewriting(TarArchiveOutputStream out, List<String> base) {
            this.out = out;
            this.base = base;
        }

        void rewrite(InputStream from) throws IOException, ExecutionException {
            make(base, String.join("/", base));
            var in = new TarArchiveInputStream(from, "UTF-8");
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                var parts = below(entry.getName(), entry);
                if (entry.isDirectory()) {
                    make(parts, entry.getName());
                } else {
                    make(parts.subList(0, parts.size() - 1), entry.getName());
                    copy(entry, parts, in);
                }
            }
        }

        private List<String> below(String name, TarArchiveEntry entry) throws ExecutionException {
            var parts = new ArrayList<>(base);
            parts.addAll(TarNames.parts(name, entry.getName()));
            if (parts.isEmpty() && !entry.isDirectory()) {
                throw TarNames.refused(entry.getName(), "is the workspace itself");
            }
            return parts;
        }

        /** Otherwise the engine would make them, for root. */
        private void make(List<String> parts, String name) throws IOException, ExecutionException {
            for (var i = 1; i <= parts.size(); i++) {
                var path = List.copyOf(parts.subList(0, i));
                if (links.contains(path)) {
                    throw TarNames.refused(name, "would be written through a symbolic link");
                }
                if (made.add(path)) {
                    directory(out, String.join("/", path) + "/");
                }
            }
        }

        private void copy(TarArchiveEntry entry, List<String> parts, InputStream in)
                throws IOException, ExecutionException {
            var copy = new TarArchiveEntry(String.join("/", parts), type(entry));
            if (entry.isSymbolicLink()) {
                links.add(List.copyOf(parts));
                copy.setLinkName(entry.getLinkName());
            } else if (entry.isLink()) {
                copy.setLinkName(String.join("/", below(entry.getLinkName(), entry)));
            } else {
                copy.setSize(entry.getSize());
            }
            copy.setMode(entry.getMode() & 0777);
            copy.setLastModifiedTime(entry.getLastModifiedTime());
            copy.setIds((int) container.user().uid(), (int) container.user().gid());
            out.putArchiveEntry(copy);
            if (copy.isFile()) {
                in.transferTo(out);
            }
            out.closeArchiveEntry();
        }

        private static byte type(TarArchiveEntry entry) throws ExecutionException {
            if (entry.isSymbolicLink()) {
                return TarConstants.LF_SYMLINK;
            }
            if (entry.isLink()) {
                return TarConstants.LF_LINK;
            }
            if (entry.isFile()) {
                return TarConstants.LF_NORMAL;
            }
            throw TarNames.refused(entry.getName(), "is neither a file, a directory nor a link");
        }
    }

    /** Fetches no more than the top-level names that patterns ask for. Links are left out. */
    @Override
    public List<Integer> get(List<String> globs, OutputStream out)
            throws IOException, ExecutionException {
        var packing = Packing.of(globs);
        var tar = Packing.tar(out);
        var tops = new TreeSet<String>();
        packing.globs().forEach(glob -> tops.add(glob.top()));
        for (var top : tops.contains("") ? List.of("") : tops) {
            fetch(top, packing, tar);
        }
        tar.finish();
        return packing.counts();
    }

    private void fetch(String top, Packing packing, TarArchiveOutputStream out) throws IOException {
        var again = new ArrayList<String>();
        try (var in = archive(top.isEmpty() ? "." : top)) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                var name = entry.getName().replaceFirst("^(\\./)+", "");
                var file = entry.isFile() && !entry.isSymbolicLink();
                if (!file || !packing.wants(name)) {
                    continue;
                }
                if (entry.isLink()) {
                    // A file with two names has its content at the first.
                    again.add(name);
                } else {
                    Packing.write(out, name, entry, in);
                }
            }
        } catch (Refusal e) {
            if (e.status() != Refusal.NOT_FOUND) {
                throw e;
            }
        }
        for (var name : again) {
            try (var in = archive(name)) {
                Packing.write(out, name, in.getNextEntry(), in);
            }
        }
    }

    private TarArchiveInputStream archive(String name) throws IOException {
        var path = Engine.quoted(PATH + "/" + name);
        var answer =
                container
                        .engine()
                        .open("GET", container.path("/archive?path=" + path), Engine.NO_BODY);
        return new TarArchiveInputStream(answer.body(), "UTF-8");
    }
}
