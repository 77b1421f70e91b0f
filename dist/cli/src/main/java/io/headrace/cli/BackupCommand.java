package io.headrace.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Makes a backup of a running server. */
@Command(
        name = "backup",
        description = {
            "Makes a backup of a running server, which goes on.",
            "The passphrase that seals the keys in it is read from HEADRACE_BACKUP_PASSPHRASE, or else"
                    + " from the terminal or the standard input."
        },
        mixinStandardHelpOptions = true)
final class BackupCommand extends ServerCommand {

    private static final String PASSPHRASE = "HEADRACE_BACKUP_PASSPHRASE";

    /** The last entry that the server writes. */
    private static final String LAST = "manifest.json";

    @Parameters(paramLabel = "FILE", description = "The file to write; is not there yet.")
    private Path file;

    /** Picocli gives the file after the constructor. */
    @SuppressWarnings("NullAway.Init")
    BackupCommand() {}

    @Override
    public Integer call() throws IOException {
        if (Files.exists(file)) {
            throw new CliException(
                    ExitCode.INVALID, file + " is there already; name a file that is not");
        }
        var given = root().environment().get(PASSPHRASE);
        var passphrase = given == null ? SecretInput.read("Passphrase") : given;
        // What breaks off must not look like the whole.
        var part = file.resolveSibling(file.getFileName() + ".part");
        try (var out = create(part);
                var in =
                        server().postForBytes(
                                        "/backup",
                                        Map.of("passphrase", passphrase),
                                        "application/zip")) {
            in.transferTo(out);
        } catch (FileAlreadyExistsException e) {
            throw new CliException(
                    ExitCode.INVALID,
                    part + " is there: another backup writes it, or was cut short; delete it");
        } catch (IOException e) {
            Files.deleteIfExists(part);
            throw new CliException(ExitCode.UNREACHABLE, "The backup broke off: " + e.getMessage());
        } catch (CliException e) {
            Files.deleteIfExists(part);
            throw e;
        }
        if (!isWhole(part)) {
            Files.deleteIfExists(part);
            throw new CliException(
                    ExitCode.UNREACHABLE,
                    "The server could not finish the backup; its log says why");
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        terminal()
                .line(
                        "%s, %,d bytes. Keep its passphrase elsewhere: without it nobody can restore it."
                                .formatted(file, Files.size(file)));
        return ExitCode.SUCCEEDED;
    }

    private static boolean isWhole(Path file) {
        try (var zip = new ZipFile(file.toFile())) {
            return zip.getEntry(LAST) != null;
        } catch (IOException e) {
            return false;
        }
    }

    /** Makes a file that its owner alone can read. */
    private static OutputStream create(Path file) throws IOException {
        var posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        var attributes =
                posix
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        return Channels.newOutputStream(
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        attributes));
    }
}
