package io.headrace.scm.git;

import io.headrace.api.ScmException;
import io.headrace.api.ScmProvider.Source;
import io.headrace.api.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The mirrors of all repositories, one for each address. */
final class Repositories {

    private final Path mirrors;
    private final Path keys;
    private final @Nullable String knownHosts;
    private final boolean keepRepository;
    private final Git git;
    private final Proofs proofs = new Proofs();
    private final Memory memory = new Memory();
    private final ConcurrentMap<String, Mirror> known = new ConcurrentHashMap<>();

    Repositories(Path directory, Settings settings) {
        mirrors = directory.resolve("mirrors");
        keys = directory.resolve("keys");
        knownHosts = settings.find("known-hosts").orElse(null);
        keepRepository = settings.flag("repository-in-workspace");
        git =
                new Git(
                        settings.text("git"),
                        settings.duration("time-limit"),
                        directory.resolve("home"));
        try {
            Files.createDirectories(mirrors);
            // Keys that a server which was killed had in use.
            Trees.delete(keys);
            Files.createDirectory(
                    keys,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UncheckedIOException("Can't prepare " + directory, e);
        }
    }

    Repository open(Source source) throws ScmException, InterruptedException {
        GitUrl.parse(source.url());
        git.check(mirrors);
        var access = GitAccess.open(source, keys, knownHosts);
        var name = hash(access.url().text());
        var mirror = known.computeIfAbsent(name, _ -> new Mirror(git, mirrors, name));
        return new Repository(git, mirrors, mirror, access, proofs, memory, keepRepository);
    }

    static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
