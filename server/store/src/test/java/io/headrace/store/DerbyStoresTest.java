package io.headrace.store;

import io.headrace.engine.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.io.TempDir;

/** The contract on Derby, in a directory. */
class DerbyStoresTest extends StoresContract {

    private final AtomicReference<Instant> now = new AtomicReference<>(at("10:00:00"));
    private final InstantSource clock = now::get;

    private @TempDir Path directory;

    @Override
    Stores open() {
        return DatabaseStores.open(DatabaseConfig.derby(directory.resolve("db")), clock);
    }

    @Override
    void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }
}
