package io.headrace.api;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes and reads small POSIX tar archives by hand, so that tests can make malicious ones that a
 * library would refuse to write.
 */
public final class Tar {

    private static final int BLOCK = 512;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Adds a regular file, readable by all and executable if {@code mode} says so. */
    public Tar file(String name, String content, int mode) {
        var data = content.getBytes(StandardCharsets.UTF_8);
        header(name, '0', "", data.length, mode);
        bytes.writeBytes(data);
        bytes.writeBytes(new byte[(BLOCK - data.length % BLOCK) % BLOCK]);
        return this;
    }

    public Tar file(String name, String content) {
        return file(name, content, 0644);
    }

    public Tar directory(String name) {
        header(name, '5', "", 0, 0755);
        return this;
    }

    public Tar symbolicLink(String name, String target) {
        header(name, '2', target, 0, 0777);
        return this;
    }

    public Tar hardLink(String name, String target) {
        header(name, '1', target, 0, 0644);
        return this;
    }

    /** Returns the archive with its end mark. */
    public byte[] bytes() {
        var all = Arrays.copyOf(bytes.toByteArray(), bytes.size() + 2 * BLOCK);
        return all;
    }

    private void header(String name, char type, String target, int size, int mode) {
        var header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "%07o".formatted(mode));
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, "%011o".formatted(size));
        put(header, 136, "%011o".formatted(1_700_000_000));
        put(header, 148, "        ");
        header[156] = (byte) type;
        put(header, 157, target);
        put(header, 257, "ustar");
        put(header, 263, "00");
        var sum = 0;
        for (var b : header) {
            sum += b & 0xff;
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        bytes.writeBytes(header);
    }

    private static void put(byte[] header, int at, String text) {
        var data = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(data, 0, header, at, data.length);
    }

    /** Returns the regular files of an archive with names of at most 100 bytes, by name. */
    public static Map<String, String> files(byte[] tar) {
        var files = new TreeMap<String, String>();
        var at = 0;
        while (at + BLOCK <= tar.length && tar[at] != 0) {
            var size = Integer.parseInt(text(tar, at + 124, 12).strip(), 8);
            if (tar[at + 156] == '0' || tar[at + 156] == 0) {
                var content = new String(tar, at + BLOCK, size, StandardCharsets.UTF_8);
                files.put(text(tar, at, 100), content);
            }
            at += BLOCK + (size + BLOCK - 1) / BLOCK * BLOCK;
        }
        return files;
    }

    private static String text(byte[] tar, int from, int length) {
        var end = from;
        while (end < from + length && tar[end] != 0) {
            end++;
        }
        return new String(tar, from, end - from, StandardCharsets.UTF_8);
    }
}
