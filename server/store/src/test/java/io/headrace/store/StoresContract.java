package io.headrace.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Stores} promises. Extend it, say how to open yours, and run. */
abstract class StoresContract {

    Stores stores;
    Site site;

    /** Opens the store of this test; a second call opens the same one again. */
    abstract Stores open();

    /** Lets time go by, by the database's clock. */
    abstract void pass(Duration time);

    @BeforeEach
    void openIt() {
        reopen();
    }

    @AfterEach
    void closeIt() {
        stores.close();
    }

    final void reopen() {
        stores = open();
        site = new Site(stores);
    }

    static Instant at(String time) {
        return Instant.parse("2026-03-01T" + time + "Z");
    }

    @Test
    void keepsItsNameForEver() {
        var name = stores.installation();

        stores.close();
        reopen();

        assertThat(name).matches("[A-Za-z0-9-]{1,36}");
        assertThat(stores.installation()).isEqualTo(name);
    }

    @Test
    void answersAPing() {
        stores.ping();
    }

    @Test
    void aRunGoesThroughItsLife() {
        var project = site.project("shop");
        var run = site.accept(project, Plans.of(Plans.job("build").build()));

        var claim = site.claim();
        stores.runs().stepStarted(claim, 0, "run").toCompletableFuture().join();
        site.succeed(claim);

        assertThat(site.run(run).status()).hasToString("SUCCEEDED");
        assertThat(List.of(site.detail(run).jobs().getFirst().attempts().size()))
                .containsExactly(1);
    }
}
