package io.headrace.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.engine.Refused;
import io.headrace.engine.StoreException;
import io.headrace.engine.queue.QueueRules;
import io.headrace.store.Operation.Turn;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Operations that share a commit. */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
class WriterTest {

    @Parameter TestDatabase.Kind kind = TestDatabase.Kind.DERBY;

    private TestDatabase database;
    private Vendor vendor;
    private Readers readers;
    private Notifier notifier;
    private Writer writer;

    @BeforeEach
    final void start() {
        database = kind.create();
        database.open().close();
        vendor = DatabaseStores.connect(database.config(), () -> TestDatabase.START);
        readers = new Readers(vendor, 2);
        notifier = new Notifier();
        writer =
                new Writer(
                        new WriterConnection(vendor, vendor.queue(QueueRules.DEFAULT, notifier)),
                        notifier);
        notifier.start();
        writer.start();
    }

    @AfterEach
    final void stop() {
        writer.close();
        notifier.close();
        readers.close();
        vendor.close();
        database.close();
    }

    /** Holds the writer up until all of {@code operations} wait, so that they share a commit. */
    private List<CompletableFuture<Boolean>> together(List<Operation<Boolean>> operations)
            throws InterruptedException {
        var begun = new CountDownLatch(1);
        var gate = new CountDownLatch(1);
        var first =
                writer.submit(
                        Turn.SETTINGS,
                        0,
                        _ -> {
                            begun.countDown();
                            return await(gate);
                        });
        begun.await();
        var answers = new ArrayList<CompletableFuture<Boolean>>();
        for (var operation : operations) {
            answers.add(writer.submit(Turn.SETTINGS, 0, operation));
        }
        gate.countDown();
        assertThat(first).succeedsWithin(Duration.ofSeconds(20));
        return answers;
    }

    private static boolean await(CountDownLatch gate) throws SQLException {
        try {
            gate.await();
            return true;
        } catch (InterruptedException e) {
            throw new SQLException(e);
        }
    }

    private static Operation<Boolean> disable(String plugin) {
        return transaction ->
                transaction.sql().update("insert into plugin_disabled values (?)", plugin) == 1;
    }

    private List<String> disabled() {
        return readers.read(sql ->
                sql.list("select plugin_id from plugin_disabled order by 1", row -> row.text(1)));
    }

    @Test
    void onlyTheGuiltyOneFails() throws InterruptedException {
        var answers =
                together(
                        List.of(
                                disable("a"),
                                transaction -> {
                                    transaction
                                            .sql()
                                            .update("insert into plugin_disabled values ('x')");
                                    return transaction.sql().update("delete from nowhere") == 1;
                                },
                                disable("b")));

        assertThat(answers.get(0)).succeedsWithin(Duration.ofSeconds(20));
        assertThat(answers.get(2)).succeedsWithin(Duration.ofSeconds(20));
        assertThatThrownBy(() -> Writer.await(answers.get(1)))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("The database refused: ");
        assertThat(disabled()).containsExactly("a", "b");
    }

    @Test
    void aRefusalIsTheAffairOfOneCaller() throws InterruptedException {
        var tries = new AtomicInteger();
        var answers =
                together(
                        List.of(
                                transaction -> {
                                    tries.incrementAndGet();
                                    return disable("a").run(transaction);
                                },
                                _ -> {
                                    throw Refused.invalid("not like that");
                                },
                                disable("b")));

        assertThatThrownBy(() -> Writer.await(answers.get(1))).hasMessage("not like that");
        assertThat(answers.get(0)).succeedsWithin(Duration.ofSeconds(20));
        assertThat(answers.get(2)).succeedsWithin(Duration.ofSeconds(20));
        assertThat(disabled()).containsExactly("a", "b");
        assertThat(tries).hasValue(1);
    }

    @Test
    void aFaultOfOursIsToldAndUndone() throws InterruptedException {
        var answers =
                together(
                        List.of(
                                disable("a"),
                                transaction -> {
                                    var unused = disable("b").run(transaction);
                                    throw new IllegalStateException("a fault " + unused);
                                }));

        assertThatThrownBy(() -> Writer.await(answers.get(1)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("a fault true");
        assertThat(disabled()).containsExactly("a");
    }

    @Test
    void effectsHappenOnceAndAfterTheCommit() throws InterruptedException {
        var effects = new AtomicInteger();
        var answers =
                together(
                        List.of(
                                transaction -> {
                                    transaction.onCommit(effects::incrementAndGet);
                                    return disable("a").run(transaction);
                                },
                                transaction ->
                                        transaction.sql().update("delete from nowhere") == 1));

        assertThat(answers.getFirst()).succeedsWithin(Duration.ofSeconds(20));
        assertThatThrownBy(() -> Writer.await(answers.getLast()))
                .isInstanceOf(StoreException.class);
        assertThat(effects).hasValue(1);
    }

    @Test
    void whatWasHandedInBeforeTheEndIsWritten() {
        var answers = new ArrayList<CompletableFuture<Boolean>>();
        for (var i = 0; i < 100; i++) {
            answers.add(writer.submit(Turn.SETTINGS, 0, disable("plugin-" + i)));
        }

        writer.close();

        assertThat(answers).allMatch(CompletableFuture::isDone);
        assertThat(disabled()).hasSize(100);
        assertThatThrownBy(() -> writer.call(Turn.SETTINGS, 0, disable("late")))
                .hasMessage("The database is closed");
    }
}
