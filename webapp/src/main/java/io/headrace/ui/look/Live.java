package io.headrace.ui.look;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import io.headrace.engine.Headrace;
import io.headrace.engine.ServerThreads;
import io.headrace.engine.run.RunId;
import io.headrace.ui.access.Visitor;
import io.headrace.ui.cdi.OnlyOne;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * Keeps pages up to date. Changes that come fast are joined: a page is told at most as often as it
 * asked for, however much happens.
 */
@OnlyOne
public class Live {

    private final Headrace headrace;
    private final Visitor visitor;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(ServerThreads.named("headrace-pages"));

    @Inject
    public Live(Headrace headrace, Visitor visitor) {
        this.headrace = headrace;
        this.visitor = visitor;
    }

    /**
     * Calls {@code update}, with the page locked, soon after runs changed, from now on while the
     * page is shown.
     *
     * @param pause shortest time between two calls
     * @param wanted which changes matter
     */
    public void onRuns(
            Component page, Duration pause, Predicate<Set<RunId>> wanted, Runnable update) {
        page.addAttachListener(event -> {
            var bell = new Bell(event.getUI(), pause, update);
            var subscription =
                    headrace.runs()
                            .onChanged(changed -> {
                                if (wanted.test(changed)) {
                                    bell.ring();
                                }
                            });
            page.addDetachListener(gone -> {
                gone.unregisterListener();
                close(subscription);
            });
        });
    }

    /** Calls {@code update}, with the page locked, every {@code pause} while the page is shown. */
    public void every(Component page, Duration pause, Runnable update) {
        page.addAttachListener(event -> {
            var bell = new Bell(event.getUI(), Duration.ZERO, update);
            var ticks =
                    timer.scheduleWithFixedDelay(
                            bell::ring, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
            page.addDetachListener(gone -> {
                gone.unregisterListener();
                ticks.cancel(false);
            });
        });
    }

    @PreDestroy
    void stop() {
        timer.shutdownNow();
    }

    private static void close(AutoCloseable subscription) {
        try {
            subscription.close();
        } catch (Exception e) {
            throw new IllegalStateException("A subscription can always be ended", e);
        }
    }

    /** Calls a page; what rings while a call is on its way joins it. */
    private final class Bell {

        private final UI ui;
        private final Duration pause;
        private final Runnable update;
        private final AtomicBoolean ringing = new AtomicBoolean();

        Bell(UI ui, Duration pause, Runnable update) {
            this.ui = ui;
            this.pause = pause;
            this.update = update;
        }

        void ring() {
            if (ringing.compareAndSet(false, true) && !timer.isShutdown()) {
                var _ = timer.schedule(this::call, pause.toMillis(), TimeUnit.MILLISECONDS);
            }
        }

        private void call() {
            ringing.set(false);
            try {
                var _ = ui.access(this::updateIfAllowed);
            } catch (UIDetachedException e) {
                ringing.set(true); // The page is gone; nobody is to be called any more.
            }
        }

        private void updateIfAllowed() {
            if (visitor.find().isPresent()) {
                update.run();
            }
        }
    }
}
