package io.headrace.language;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Hashes a plan: every part in fixed order, each with its length before it, so that no two plans
 * can look alike.
 */
final class PlanHash {

    private final MessageDigest digest;
    // A digest takes many small pieces much slower than few large ones.
    private final ByteBuffer pieces = ByteBuffer.allocate(8192);

    private PlanHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String of(Plan plan) {
        var hash = new PlanHash();
        hash.text(plan.name());
        hash.number(plan.timeLimit().toMillis());
        hash.flag(plan.failFast());
        hash.number(plan.jobs().size());
        plan.jobs().forEach(hash::job);
        hash.number(plan.levels().size());
        plan.levels().forEach(hash::texts);
        hash.terms(plan.terms());
        plan.jobs().forEach(hash::ownPolicy);
        hash.flush();
        return HexFormat.of().formatHex(hash.digest.digest());
    }

    private void job(Plan.Job job) {
        text(job.id());
        text(job.name());
        text(job.baseName());
        map(job.matrix());
        optional(job.stage());
        texts(job.needs());
        condition(job.condition());
        optional(job.image());
        optional(job.executor());
        text(job.pool());
        texts(job.labels());
        map(job.environment());
        later(job.later());
        texts(job.secrets());
        number(job.timeLimit().toMillis());
        number(job.retries());
        flag(job.retryOnTimeout());
        flag(job.continueOnFailure());
        flag(job.checkout());
        number(job.priority());
        number(job.artifacts().size());
        for (var artifact : job.artifacts()) {
            text(artifact.name());
            texts(artifact.paths());
            text(artifact.when().name());
            number(artifact.retentionDays() == null ? 0 : artifact.retentionDays());
        }
        number(job.artifactNeeds().size());
        for (var need : job.artifactNeeds()) {
            texts(need.jobs());
            text(need.pattern());
            text(need.directory());
        }
        number(Double.doubleToLongBits(job.resources().cpus()));
        number(job.resources().memoryBytes());
        flag(job.resources().network());
        number(job.steps().size());
        job.steps().forEach(this::step);
        terms(job.terms());
    }

    private void terms(PlanTerms terms) {
        text(terms.mode().name());
        number(terms.batchSize());
        text(terms.affinity().name());
        policy(terms.retryPolicy());
        settings(terms.settings());
        number(terms.work().size());
        terms.work().forEach(item -> text(item.idempotencyKey()));
        terms.included()
                .forEach((repository, commit) -> {
                    text(repository);
                    text(commit);
                });
        texts(terms.blockers());
        var generation = terms.generation();
        // The end of it all: where there is none, nothing needs to be said.
        if (generation != null) {
            text(generation.job());
            text(generation.file());
            flag(generation.open());
        }
    }

    private void settings(Map<String, Setting> settings) {
        number(settings.size());
        new TreeMap<>(settings)
                .forEach((name, setting) -> {
                    text(name);
                    setting(setting);
                });
    }

    private void setting(Setting setting) {
        optional(setting.text());
        number(setting.items().size());
        setting.items().forEach(this::setting);
        settings(setting.fields());
    }

    private void terms(JobTerms terms) {
        optional(terms.project());
        optional(terms.phase());
        text(terms.type().name());
        flag(terms.failFast());
        var approval = terms.approval();
        flag(approval != null);
        if (approval != null) {
            texts(approval.approvers());
            number(approval.timeout().toMillis());
        }
        number(terms.caches().size());
        for (var cache : terms.caches()) {
            text(cache.key());
            texts(cache.paths());
            text(cache.when().name());
        }
        map(terms.executorSettings());
        flag(terms.restrictedNetwork());
        number(terms.gpus());
        number(terms.diskBytes());
        // Plans without any keep the hash that they had before there were locks.
        for (var lock : terms.locks()) {
            text("lock");
            text(lock.name());
            number(lock.slots());
            flag(lock.ofServer());
        }
    }

    /** After all else, and only where there is one, so that other plans keep their hashes. */
    private void ownPolicy(Plan.Job job) {
        var own = job.terms().retryPolicy();
        if (own != null) {
            // No job can be called so.
            text("retry policy of");
            text(job.id());
            policy(own);
        }
    }

    private void policy(PlanTerms.@Nullable RetryPolicy retries) {
        flag(retries != null);
        if (retries != null) {
            number(retries.maxAttempts());
            number(retries.baseDelay().toMillis());
            number(retries.maxDelay().toMillis());
            text(retries.multiplier().toPlainString());
            flag(retries.jitter());
            number(retries.totalTime().toMillis());
            texts(retries.retryOn());
        }
    }

    private void step(Plan.Step step) {
        text(step.name());
        texts(step.commands());
        var action = step.action();
        optional(action == null ? null : action.name());
        if (action != null) {
            map(action.with());
            later(action.later());
        }
        map(step.environment());
        later(step.later());
        text(step.workingDirectory());
        number(step.timeLimit().toMillis());
        number(step.retries());
        flag(step.retryOnTimeout());
        flag(step.continueOnFailure());
        condition(step.condition());
        optional(step.image());
        flag(step.isolate());
    }

    private void condition(Plan.Condition condition) {
        text(condition.expression());
        text(condition.verdict().name());
        text(condition.explanation());
        text(condition.open());
    }

    private void texts(Collection<String> texts) {
        number(texts.size());
        texts.forEach(this::text);
    }

    private void map(Map<String, String> map) {
        number(map.size());
        (map.size() < 2 ? map : new TreeMap<>(map))
                .forEach((name, value) -> {
                    text(name);
                    text(value);
                });
    }

    /** Plans in which nothing is open have the hashes that they had before anything could be. */
    private void later(Map<String, String> open) {
        if (!open.isEmpty()) {
            // No path, name or number begins like this.
            text("\0later");
            map(open);
        }
    }

    private void optional(@Nullable String text) {
        flag(text != null);
        if (text != null) {
            text(text);
        }
    }

    private void text(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        if (bytes.length > pieces.remaining()) {
            flush();
            digest.update(bytes);
        } else {
            pieces.put(bytes);
        }
    }

    private void flag(boolean flag) {
        need(1).put((byte) (flag ? 1 : 0));
    }

    private void number(long number) {
        need(Long.BYTES).putLong(number);
    }

    private ByteBuffer need(int bytes) {
        if (pieces.remaining() < bytes) {
            flush();
        }
        return pieces;
    }

    private void flush() {
        digest.update(pieces.flip());
        pieces.clear();
    }
}
