package io.headrace.store;

import io.headrace.engine.run.RunId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the controllers of one PostgreSQL database what the others committed.
 *
 * <p>Notifications are sent from a connection of their own, after the commit and at most one in ten
 * milliseconds: one inside each commit would cut the rate of commits to a fraction. One that is
 * lost is made good by a look at the queue every two seconds.
 */
final class Wakeups implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Wakeups.class);
    private static final String CHANNEL = "headrace";
    private static final int PAUSE_MILLIS = 10;
    private static final int LOOK_MILLIS = 2000;

    /** Kinds of messages, beside the one with runs that changed. */
    private static final String QUEUED = "q";

    private static final String STOPPED = "s";

    /** So many ids of 13 characters fit into a notification's 8,000 bytes. */
    private static final int IDS = 500;

    private final DataSource source;
    private final int number;
    private final String me;
    private final Notifier notifier;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private Set<RunId> changed = new HashSet<>();
    private Set<RunId> stopped = new HashSet<>();
    private boolean queued;
    private volatile boolean closed;
    private volatile @Nullable Connection listening;

    Wakeups(DataSource source, int controller, Notifier notifier) {
        this.source = source;
        this.number = controller;
        this.me = Integer.toString(controller);
        this.notifier = notifier;
    }

    void start() {
        Thread.ofVirtual().name("headrace-store-sender").start(this::send);
        Thread.ofVirtual().name("headrace-store-listener").start(this::listen);
    }

    /** Takes note of what a commit of this controller changed. */
    void tell(Set<RunId> runs, boolean jobsQueued) {
        lock.lock();
        try {
            changed.addAll(runs);
            queued |= jobsQueued;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Takes note of runs whose jobs are to stop by a commit of this controller. */
    void tellStopped(Set<RunId> runs) {
        lock.lock();
        try {
            stopped.addAll(runs);
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    private void send() {
        while (!closed) {
            try (var connection = source.getConnection();
                    var sql = new Sql(connection)) {
                while (!closed) {
                    for (var message : nextMessages()) {
                        sql.exists("select pg_notify(?, ?)", CHANNEL, message);
                    }
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                }
            } catch (SQLException e) {
                pauseAfter(e);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private List<String> nextMessages() throws InterruptedException {
        Set<RunId> runs;
        Set<RunId> ended;
        boolean jobs;
        lock.lock();
        try {
            while (!closed && !queued && changed.isEmpty() && stopped.isEmpty()) {
                news.await();
            }
            ended = stopped;
            stopped = new HashSet<>();
            runs = changed;
            changed = new HashSet<>();
            jobs = queued;
            queued = false;
        } finally {
            lock.unlock();
        }
        var messages = new ArrayList<>(messages(STOPPED, ended));
        messages.addAll(messages("", runs));
        if (jobs) {
            messages.add(message(QUEUED, List.of()));
        }
        return messages;
    }

    private List<String> messages(String kind, Set<RunId> runs) {
        var messages = new ArrayList<String>();
        var ids = List.copyOf(runs);
        for (var from = 0; from < ids.size(); from += IDS) {
            messages.add(message(kind, ids.subList(from, Math.min(from + IDS, ids.size()))));
        }
        return messages;
    }

    private String message(String kind, List<RunId> runs) {
        var ids = runs.stream().map(RunId::toString).collect(Collectors.joining(","));
        return me + ":" + kind + ":" + ids;
    }

    private void listen() {
        while (!closed) {
            try (var connection = source.getConnection()) {
                listening = connection;
                try (var sql = new Sql(connection)) {
                    // Again, as the connection that said so first may be gone with the others.
                    LOG.debug("Number {} said again: {}", number, Postgresql.take(sql, number));
                }
                try (var statement = connection.createStatement()) {
                    statement.execute("listen " + CHANNEL);
                }
                var notifications = connection.unwrap(PGConnection.class);
                while (!closed) {
                    var received = notifications.getNotifications(LOOK_MILLIS);
                    if (received == null || received.length == 0) {
                        notifier.heard(Set.of(), true);
                    } else {
                        hear(received);
                    }
                }
            } catch (SQLException e) {
                pauseAfter(e);
            }
        }
    }

    private void hear(PGNotification[] received) {
        for (var notification : received) {
            var parts = notification.getParameter().split(":", 3);
            if (parts.length < 3 || parts[0].equals(me)) {
                continue;
            }
            var runs = new HashSet<RunId>();
            for (var id : parts[2].split(",", -1)) {
                if (!id.isEmpty()) {
                    runs.add(RunId.parse(id));
                }
            }
            if (parts[1].equals(STOPPED)) {
                notifier.heardStopped(runs);
            } else {
                notifier.heard(runs, parts[1].equals(QUEUED));
            }
        }
    }

    private void pauseAfter(SQLException e) {
        if (closed) {
            return;
        }
        LOG.info("Waking other controllers does not work just now: {}", e.getMessage());
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        lock.lock();
        try {
            news.signal();
        } finally {
            lock.unlock();
        }
        var connection = listening;
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.debug("Closing the connection that listened", e);
            }
        }
    }
}
