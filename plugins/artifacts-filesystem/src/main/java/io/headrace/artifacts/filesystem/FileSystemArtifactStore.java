package io.headrace.artifacts.filesystem;

import io.headrace.api.ArtifactStore;
import io.headrace.api.PluginContext;
import io.headrace.api.Setting;
import io.headrace.api.Settings;
import io.headrace.api.SettingsSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/** Keeps artifacts in the server's own file system. */
@Extension
public final class FileSystemArtifactStore implements ArtifactStore {

    private static final SettingsSchema SETTINGS =
            SettingsSchema.of(
                    Setting.integer(
                            "quota",
                            100L << 30,
                            1,
                            Long.MAX_VALUE,
                            "How many bytes all artifacts may take together."),
                    Setting.integer(
                            "keep-free",
                            256L << 20,
                            0,
                            Long.MAX_VALUE,
                            "How many bytes of the disk stay free, for the database and the logs."));

    private volatile @Nullable State state;

    private record State(Blobs blobs, Limits limits) {}

    @Override
    public String type() {
        return "filesystem";
    }

    @Override
    public SettingsSchema settings() {
        return SETTINGS;
    }

    /** Looks through the directory when it is told of it first; see {@link Blobs#open}. */
    @Override
    public void configure(PluginContext context) {
        var before = state;
        var limits = limits(context.settings());
        try {
            state =
                    before != null && before.blobs().root().equals(context.dataDirectory())
                            ? new State(before.blobs(), limits)
                            : new State(Blobs.open(context.dataDirectory()), limits);
        } catch (IOException e) {
            throw new UncheckedIOException("Can't use " + context.dataDirectory(), e);
        }
    }

    private static Limits limits(Settings settings) {
        return new Limits(settings.integer("quota"), settings.integer("keep-free"));
    }

    @Override
    public Blob put(InputStream bytes) throws IOException {
        var now = state();
        return now.blobs().put(bytes, now.limits());
    }

    @Override
    public InputStream open(String sha256, long offset, long length) throws IOException {
        return state().blobs().read(sha256, offset, length);
    }

    @Override
    public boolean exists(String sha256) {
        return state().blobs().exists(sha256);
    }

    @Override
    public boolean delete(String sha256) throws IOException {
        return state().blobs().delete(sha256);
    }

    @Override
    public Stream<Blob> list() throws IOException {
        return state().blobs().list();
    }

    private State state() {
        var now = state;
        if (now == null) {
            throw new IllegalStateException("Not configured yet");
        }
        return now;
    }
}
