package io.headrace.engine.log;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Replaces secrets in one stream. Bytes that may be the beginning of a secret are held back until
 * more come; if that takes long, whole lines among them are let go, for people who watch.
 *
 * <p>Escape sequences for colours within a secret don't hide it, nor do line breaks within base64.
 * Secrets that overlap become one, under the name of the longest.
 */
final class SecretFilter implements ByteSink {

    /** How long whole lines are held back. */
    static final Duration PATIENCE = Duration.ofMillis(20);

    private static final byte ESCAPE = 0x1b;
    private static final int LONGEST_SEQUENCE = 32;

    /** Base64 of this length is no accident, so that a line break within it can be passed over. */
    private static final int SURE_DEPTH = 8;

    private final SecretTrie trie;
    private final ByteSink next;
    private final ReentrantLock lock;
    private final Spans found = new Spans();
    private final Spans passedOver = new Spans();
    private byte[] held = {};
    private int holds;
    private int node = SecretTrie.ROOT;
    private int sequence;
    private long taken;
    private boolean watched;
    private boolean ended;

    SecretFilter(SecretTrie trie, ByteSink next, ReentrantLock lock) {
        this.trie = trie;
        this.next = next;
        this.lock = lock;
    }

    @Override
    public void take(byte[] bytes, int offset, int length) {
        taken++;
        if (holds == 0) {
            var end = offset + length;
            read(bytes, offset, end);
            hold(bytes, release(bytes, offset, frontier(end)), end);
        } else {
            if (held.length < holds + length) {
                held = Arrays.copyOf(held, Math.max(holds + length, 2 * held.length));
            }
            System.arraycopy(bytes, offset, held, holds, length);
            var end = holds + length;
            read(held, holds, end);
            hold(held, release(held, 0, frontier(end)), end);
        }
        if (!watched && Batch.lastLineFeed(held, 0, holds) >= 0) {
            watched = true;
            Thread.ofVirtual().name("log-mask").start(this::watch);
        }
    }

    @Override
    public void end() {
        ended = true;
        hold(held, release(held, 0, holds), holds);
        next.end();
    }

    /** Runs the automaton over {@code [from, to)}. */
    private void read(byte[] bytes, int from, int to) {
        for (var at = from; at < to; at++) {
            if (node == SecretTrie.ROOT) {
                at = trie.skip(bytes, at, to);
                if (at == to) {
                    return;
                }
            } else if (isPassedOver(bytes[at])) {
                passedOver.extend(at);
                continue;
            }
            var before = node;
            node = trie.step(before, bytes[at]);
            if (trie.depth(node) <= 1) {
                passedOver.clear();
                if (before != SecretTrie.ROOT && node != SecretTrie.ROOT) {
                    // Whether something begins here is found out faster from the root.
                    node = SecretTrie.ROOT;
                    at--;
                }
            } else if (trie.length(node) > 0) {
                found.cover(start(at + 1, trie.length(node)), at + 1, trie.name(node));
            }
        }
    }

    /** Returns whether a byte is no part of a secret, yet does not end one. */
    private boolean isPassedOver(byte value) {
        if (sequence == 0) {
            if (value == ESCAPE) {
                sequence = 1;
                return true;
            }
            return (value == '\n' || value == '\r')
                    && trie.wraps(node)
                    && trie.depth(node) >= SURE_DEPTH
                    && !trie.leadsOn(node, value);
        }
        var begins = sequence == 1 && value == '[';
        var goesOn = sequence > 1 && sequence < LONGEST_SEQUENCE && value >= ' ' && value < 0x7f;
        if (!begins && !goesOn) {
            sequence = 0;
            node = SecretTrie.ROOT;
            return false;
        }
        sequence = goesOn && value >= '@' ? 0 : sequence + 1;
        return true;
    }

    /** Returns where those bytes begin that may be the beginning of a secret. */
    private int frontier(int end) {
        return node == SecretTrie.ROOT ? end : start(end, trie.depth(node));
    }

    /** Returns where {@code length} bytes before {@code end} begin, not counting the others. */
    private int start(int end, int length) {
        var at = end;
        var left = length;
        for (var i = passedOver.count() - 1; i >= 0 && passedOver.end(i) > at - left; i--) {
            left -= at - passedOver.end(i);
            at = passedOver.start(i);
        }
        return at - left;
    }

    /** Gives away what is before {@code to}, as far as it is decided; returns how far that is. */
    private int release(byte[] bytes, int from, int to) {
        if (found.count() == 0) {
            if (to > from) {
                next.take(bytes, from, to - from);
            }
            return Math.max(from, to);
        }
        var out = new ByteArrayOutputStream(Math.max(64, to - from));
        var at = from;
        var upTo = to;
        var done = 0;
        for (; done < found.count() && found.start(done) < upTo; done++) {
            if (found.end(done) > upTo) {
                upTo = Math.max(at, found.start(done));
                break;
            }
            out.write(bytes, at, Math.max(0, found.start(done) - at));
            out.writeBytes(trie.chip(found.name(done)));
            at = found.end(done);
        }
        found.dropFirst(done);
        if (upTo > at) {
            out.write(bytes, at, upTo - at);
            at = upTo;
        }
        if (out.size() > 0) {
            next.take(out.toByteArray(), 0, out.size());
        }
        return at;
    }

    /** Keeps {@code [from, to)}, and counts positions from there. */
    private void hold(byte[] bytes, int from, int to) {
        var length = to - from;
        if (held.length < length) {
            held = new byte[Math.max(length, 64)];
        }
        System.arraycopy(bytes, from, held, 0, length);
        holds = length;
        found.shift(from);
        passedOver.shift(from);
    }

    /** Lets whole lines go when nothing has come for a while. */
    private void watch() {
        var seen = -1L;
        while (true) {
            try {
                Thread.sleep(PATIENCE);
            } catch (InterruptedException _) {
                // Nobody interrupts this thread; were it so, the lines go on their way earlier.
            }
            lock.lock();
            try {
                var last = Batch.lastLineFeed(held, 0, holds);
                if (ended || last < 0) {
                    watched = false;
                    return;
                }
                if (seen == taken) {
                    hold(held, release(held, 0, last + 1), holds);
                    watched = false;
                    return;
                }
                seen = taken;
            } finally {
                lock.unlock();
            }
        }
    }
}
