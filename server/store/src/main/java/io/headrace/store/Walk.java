package io.headrace.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A way along a line that leaves it as it is. */
final class Walk implements Candidate {

    private final Iterator<Ready> rest;
    private final Shares.Member member;
    private final boolean urgent;
    private Ready next;

    /**
     * @param rest not empty
     */
    Walk(Iterator<Ready> rest, Shares.Member member, boolean urgent) {
        this.rest = rest;
        this.member = member;
        this.urgent = urgent;
        this.next = rest.next();
    }

    /**
     * Lists the first {@code limit} of all in the order in which they are taken, as if no limits
     * were.
     */
    static List<Ready> merge(List<Walk> lines, int limit) {
        var left = new ArrayList<>(lines);
        var first = new ArrayList<Ready>();
        var taken = new ArrayDeque<Runnable>();
        while (first.size() < limit && !left.isEmpty()) {
            var line = Candidate.first(left);
            first.add(line.next);
            taken.push(line.member.take());
            if (line.rest.hasNext()) {
                line.next = line.rest.next();
            } else {
                left.remove(line);
            }
        }
        taken.forEach(Runnable::run);
        return first;
    }

    @Override
    public boolean urgent() {
        return urgent;
    }

    @Override
    public Shares.Member member() {
        return member;
    }

    @Override
    public long rank() {
        return next.rank();
    }

    @Override
    public long job() {
        return next.job();
    }
}
