package io.headrace;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Enumeration;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The WAR, unpacked once into a folder that is named by its content. A folder with such a name is
 * complete: it is filled under another name first.
 */
final class Unpacked {

    private Unpacked() {}

    /** Returns the folder below {@code cache} that holds what {@code war} holds. */
    static File of(File war, File cache) throws IOException {
        try (ZipFile zip = new ZipFile(war)) {
            Path target = cache.toPath().resolve(contentOf(zip));
            if (Files.isDirectory(target)) {
                return target.toFile();
            }
            System.err.println("Unpacking Headrace into " + target);
            Files.createDirectories(cache.toPath());
            Path fresh = Files.createTempDirectory(cache.toPath(), "unpacking-");
            try {
                unpack(zip, fresh);
                ClassPathJar.write(fresh);
                move(fresh, target);
            } finally {
                delete(fresh);
            }
            return target.toFile();
        }
    }

    /** Deletes the folders of other WARs below {@code cache}, and what a crash left half done. */
    static void forgetOthers(File current) throws IOException {
        File[] folders = current.getParentFile().listFiles();
        if (folders != null) {
            for (File folder : folders) {
                if (!folder.equals(current)) {
                    delete(folder.toPath());
                }
            }
        }
    }

    /** The directory of a zip holds a checksum of each entry, so the bytes need not be read. */
    private static String contentOf(ZipFile zip) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
            ZipEntry entry = all.nextElement();
            lines.append(entry.getName()).append(' ').append(entry.getCrc()).append(' ');
            lines.append(entry.getSize()).append('\n');
        }
        return shortHash(lines.toString());
    }

    /** Returns 80 bits of the text's SHA-256, as hexadecimal digits. */
    static String shortHash(String of) throws IOException {
        byte[] bytes;
        try {
            bytes =
                    MessageDigest.getInstance("SHA-256")
                            .digest(of.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("This Java has no SHA-256", e);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            text.append(Character.forDigit((bytes[i] >> 4) & 15, 16));
            text.append(Character.forDigit(bytes[i] & 15, 16));
        }
        return text.toString();
    }

    private static void unpack(ZipFile zip, Path folder) throws IOException {
        for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
            ZipEntry entry = all.nextElement();
            Path file = folder.resolve(entry.getName()).normalize();
            if (!file.startsWith(folder)) {
                throw new IOException("The WAR has an entry outside of it: " + entry.getName());
            }
            if (entry.isDirectory()) {
                Files.createDirectories(file);
            } else {
                Files.createDirectories(file.getParent());
                try (InputStream in = zip.getInputStream(entry)) {
                    Files.copy(in, file);
                }
            }
        }
    }

    private static void move(Path fresh, Path target) throws IOException {
        try {
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            // Another start was faster; what it left is the same.
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("The folder's file system can't rename folders", e);
        }
    }

    /** Deletes a file, or a folder with all that is in it, if there is one. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted((a, b) -> b.compareTo(a))
                    .forEach(file -> {
                        try {
                            Files.deleteIfExists(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
