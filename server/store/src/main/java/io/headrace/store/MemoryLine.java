package io.headrace.store;

import java.util.NavigableSet;
import java.util.TreeSet;

/** A line of jobs, in memory. Empty ones are no candidates. */
final class MemoryLine implements Candidate {

    private final Shares.Member member;
    private final boolean urgent;
    private final NavigableSet<Ready> jobs = new TreeSet<>(Ready.ORDER);

    MemoryLine(Shares.Member member, boolean urgent) {
        this.member = member;
        this.urgent = urgent;
    }

    NavigableSet<Ready> jobs() {
        return jobs;
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
        return jobs.first().rank();
    }

    @Override
    public long job() {
        return jobs.first().job();
    }
}
