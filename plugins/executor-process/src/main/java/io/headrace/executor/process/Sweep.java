package io.headrace.executor.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what executions of an installation left, by control group and by marker, and ends it. */
final class Sweep {

    private static final Logger log = LoggerFactory.getLogger(Sweep.class);
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final int ROUNDS = 50;

    private final Host host;
    private final String installation;
    private final Predicate<String> isDead;

    Sweep(Host host, String installation, Predicate<String> isLive) {
        this.host = host;
        this.installation = installation;
        // Asked once for each execution: an answer that changed half-way would leave half of it.
        var known = new HashMap<String, Boolean>();
        this.isDead = id -> !known.computeIfAbsent(id, isLive::test);
    }

    /** Returns how many executions had processes left. */
    int run() throws InterruptedException {
        var left = find();
        var ended = new HashSet<>(left.keySet());
        if (!left.isEmpty()) {
            log.info("Ending what was left of executions {}", ended);
            left.values().forEach(all -> all.forEach(ProcessHandle::destroy));
            var deadline = System.nanoTime() + GRACE.toNanos();
            while (!left.isEmpty() && System.nanoTime() < deadline) {
                Thread.sleep(Duration.ofMillis(20));
                left = find();
            }
        }
        for (var round = 0; !left.isEmpty() && round < ROUNDS; round++) {
            ended.addAll(left.keySet());
            left.values().forEach(all -> all.forEach(ProcessHandle::destroyForcibly));
            Thread.sleep(Duration.ofMillis(20));
            left = find();
        }
        if (!left.isEmpty()) {
            log.error("Processes {} do not die, even by KILL", left);
        }
        removeGroups();
        return ended.size();
    }

    private Map<String, List<ProcessHandle>> find() {
        var found = new HashMap<String, List<ProcessHandle>>();
        if (host.groups() != null) {
            for (var group : host.groups().of(installation)) {
                if (isDead.test(group.id())) {
                    group.group().members().forEach(process -> add(found, group.id(), process));
                }
            }
        }
        if (host.hasTable()) {
            ProcessTable.forEach(entry -> addMarked(found, entry));
        }
        return found;
    }

    private void addMarked(Map<String, List<ProcessHandle>> found, ProcessTable.Entry entry) {
        if (entry.pid() == ProcessHandle.current().pid()) {
            return;
        }
        for (var marker : entry.markers()) {
            if (marker.installation().equals(installation) && isDead.test(marker.id())) {
                ProcessHandle.of(entry.pid())
                        .ifPresent(process -> add(found, marker.id(), process));
            }
        }
    }

    private static void add(
            Map<String, List<ProcessHandle>> found, String id, ProcessHandle process) {
        found.computeIfAbsent(id, _ -> new ArrayList<>()).add(process);
    }

    private void removeGroups() {
        if (host.groups() != null) {
            for (var group : host.groups().of(installation)) {
                if (isDead.test(group.id())) {
                    group.group().dispose();
                }
            }
        }
    }
}
