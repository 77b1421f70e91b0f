package io.headrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.e2e.FaultyStore.Fault;
import io.headrace.engine.StoreException;
import io.headrace.engine.run.RunDetail;
import io.headrace.engine.run.RunId;
import io.headrace.engine.run.RunStore;
import io.headrace.engine.run.Status;
import io.headrace.engine.run.Trigger;
import io.headrace.language.PlanEvent;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine over a store whose calls fail, before or after they did what was asked. */
class StoreFaultsTest {

    private static final int RUNS = 25;
    private static final String PIPELINE =
            """
            name: two
            jobs:
              first:
                checkout: false
                steps:
                  - name: mark
                    run: echo "$HEADRACE_RUN_ID first $HEADRACE_ATTEMPT" >> MARKS
              second:
                needs: first
                checkout: false
                steps:
                  - name: mark
                    run: echo "$HEADRACE_RUN_ID second $HEADRACE_ATTEMPT" >> MARKS
            """;

    /** Reading is tried again by whoever reads; listeners are no calls to the database. */
    private static final Set<String> CHANGES =
            Set.of(
                    "accept",
                    "claim",
                    "renew",
                    "stepStarted",
                    "stepEnded",
                    "finish",
                    "expireLeases");

    private @TempDir Path directory;

    @Test
    void everyMethodCanFailBeforeAndAfterItDidItsWork() throws Exception {
        var called = new AtomicReference<@Nullable Method>();
        var real =
                (RunStore)
                        Proxy.newProxyInstance(
                                RunStore.class.getClassLoader(),
                                new Class<?>[] {RunStore.class},
                                (_, method, _) -> {
                                    called.set(method);
                                    return null;
                                });
        for (var method : RunStore.class.getMethods()) {
            var stage = java.util.concurrent.CompletionStage.class;
            if (method.isDefault() || stage.isAssignableFrom(method.getReturnType())) {
                continue;
            }
            var arguments = new @Nullable Object[method.getParameterCount()];
            for (var i = 0; i < arguments.length; i++) {
                var type = method.getParameterTypes()[i];
                arguments[i] = type == int.class ? (Object) 1 : type == long.class ? 1L : null;
            }
            for (var fault : List.of(Fault.BEFORE, Fault.AFTER)) {
                called.set(null);
                var faulty = new FaultyStore(real, _ -> fault).runs();

                assertThatThrownBy(() -> method.invoke(faulty, arguments))
                        .hasCauseInstanceOf(StoreException.class);
                assertThat(called.get()).isEqualTo(fault == Fault.AFTER ? method : null);
            }
        }
    }

    @Test
    void noRunIsLostAndNoJobIsDoneTwiceAlthoughCallsOfTheStoreFail() throws Exception {
        var random = new Random(20260301);
        var failing = new AtomicBoolean();
        var faulty = new AtomicReference<FaultyStore>();
        try (var engine =
                Engine.start(
                        directory,
                        Map.of("worker.lease", "3", "worker.slots", "4"),
                        stores -> {
                            faulty.set(
                                    new FaultyStore(
                                            stores.runs(),
                                            method -> choose(method, failing, random)));
                            return faulty.get().in(stores);
                        })) {
            var marks = directory.resolve("marks");
            engine.add(
                    "two",
                    directory.resolve("repository"),
                    PIPELINE.replace("MARKS", "'" + marks + "'"));
            failing.set(true);
            var ids = new ArrayList<RunId>();
            for (var i = 0; i < RUNS; i++) {
                ids.add(accepted(engine, "key-" + i));
            }
            var runs = new ArrayList<RunDetail>();
            for (var id : ids) {
                runs.add(engine.awaited(id));
            }
            failing.set(false);

            assertThat(ids).doesNotHaveDuplicates();
            assertThat(faulty.get().failed()).containsKeys("accept", "claim", "finish");
            assertThat(Files.readAllLines(marks)).doesNotHaveDuplicates();
            for (var run : runs) {
                assertThat(run.run().status()).as("%s", run).isEqualTo(Status.SUCCEEDED);
                for (var job : run.jobs()) {
                    assertThat(job.attempts().stream().filter(a -> a.status() == Status.SUCCEEDED))
                            .as("%s", run)
                            .hasSize(1);
                }
            }
            assertThat(engine.headrace().stores().runs().depth().running()).isZero();
            assertThat(engine.headrace().stores().runs().depth().queued()).isZero();
        }
    }

    private static Fault choose(Method method, AtomicBoolean failing, Random random) {
        if (!failing.get() || !CHANGES.contains(method.getName())) {
            return Fault.NONE;
        }
        synchronized (random) {
            return switch (random.nextInt(24)) {
                case 0 -> Fault.BEFORE;
                case 1 -> Fault.AFTER;
                default -> Fault.NONE;
            };
        }
    }

    /** Starts a run as a client does that gets no answer: again, with the same key. */
    private static RunId accepted(Engine engine, String key) {
        while (true) {
            try {
                return engine.headrace()
                        .runs()
                        .start(
                                new Trigger(
                                        "two",
                                        PlanEvent.Type.MANUAL,
                                        null,
                                        null,
                                        Map.of(),
                                        "test",
                                        key))
                        .run();
            } catch (StoreException e) {
                assertThat(e).hasMessageContaining("The test lets");
            }
        }
    }
}
