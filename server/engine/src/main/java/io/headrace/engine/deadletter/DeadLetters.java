package io.headrace.engine.deadletter;

import io.headrace.engine.Page;
import io.headrace.engine.Refused;
import io.headrace.engine.log.LogLine;
import io.headrace.engine.log.Logs;
import io.headrace.engine.run.Rerun;
import io.headrace.engine.run.RunDetail;
import io.headrace.engine.run.RunId;
import io.headrace.engine.run.Runs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows dead letters, has them run again, and dismisses them. */
public final class DeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final int LOG_TAIL = 100;
    private static final int PAGE = 500;
    private static final int MAX_GROUPS = 1000;

    private final DeadLetterStore store;
    private final Runs runs;
    private final Logs logs;

    public DeadLetters(DeadLetterStore store, Runs runs, Logs logs) {
        this.store = store;
        this.runs = runs;
        this.logs = logs;
    }

    /** Lists newest first; see {@link DeadLetterStore#list}. */
    public Page<DeadLetter> list(DeadLetterFilter filter, @Nullable String after, int limit) {
        return store.list(filter, after, limit);
    }

    /** Lists the causes of open ones, the most frequent first. */
    public List<CauseGroup> groups() {
        return store.groups(MAX_GROUPS);
    }

    /** Counts those that are open. */
    public int depth() {
        return store.depth();
    }

    /**
     * Returns one.
     *
     * @throws Refused if there is none
     */
    public DeadLetter get(DeadLetterId id) {
        return store.find(id).orElseThrow(() -> unknown(id));
    }

    /**
     * All that is known of a dead letter, for whoever has to find out why.
     *
     * @param history attempts, oldest first; empty if the run was deleted
     * @param log the last 100 lines; empty if it was deleted
     */
    public record Summary(DeadLetter letter, List<RunDetail.Attempt> history, List<LogLine> log) {}

    /**
     * Returns all that is known of one.
     *
     * @throws Refused if there is none
     */
    public Summary summary(DeadLetterId id) throws IOException {
        var letter = get(id);
        List<LogLine> tail = List.of();
        try (var log = logs.read(letter.attempt()).orElse(null)) {
            if (log != null) {
                tail = log.lines(Math.max(1, log.lines() - LOG_TAIL + 1), LOG_TAIL);
            }
        }
        return new Summary(letter, history(letter), tail);
    }

    private List<RunDetail.Attempt> history(DeadLetter letter) {
        return runs.find(letter.run()).isEmpty()
                ? List.of()
                : runs.detail(letter.run())
                        .job(letter.jobKey())
                        .map(RunDetail.Job::attempts)
                        .orElse(List.of());
    }

    /**
     * What came of a wish.
     *
     * @param done how many jobs
     * @param runs in which they run again, new ones among them
     * @param left why others were left as they are, in words
     */
    public record Answer(int done, List<RunId> runs, List<String> left) {

        public Answer {
            runs = List.copyOf(runs);
            left = List.copyOf(left);
        }
    }

    /**
     * Has jobs run again, with fresh tries: in their own run if that goes on, else in a new run of
     * all that did not succeed in it.
     *
     * @throws Refused if one is named that does not exist
     */
    public Answer requeue(List<DeadLetterId> ids, String who) {
        return each(ids.stream().map(this::get).toList(), new Requeue(who));
    }

    /** Likewise, of all open ones that the filter means. */
    public Answer requeue(DeadLetterFilter filter, String who) {
        return each(open(filter), new Requeue(who));
    }

    /**
     * Decides that nothing is to be done about some.
     *
     * @throws Refused if one is named that does not exist
     */
    public Answer dismiss(List<DeadLetterId> ids, String who) {
        return each(ids.stream().map(this::get).toList(), dismissal(who));
    }

    /** Likewise, of all open ones that the filter means. */
    public Answer dismiss(DeadLetterFilter filter, String who) {
        return each(open(filter), dismissal(who));
    }

    private Step dismissal(String who) {
        return letter ->
                store.dismiss(letter.id(), who)
                        ? Optional.empty()
                        : Optional.of(words(letter) + " is not open any more");
    }

    private List<DeadLetter> open(DeadLetterFilter filter) {
        var wanted = DeadLetterFilter.open(filter.project(), filter.causeKey());
        var all = new ArrayList<DeadLetter>();
        String after = null;
        do {
            var page = store.list(wanted, after, PAGE);
            all.addAll(page.items());
            after = page.next();
        } while (after != null);
        return all;
    }

    /** Does something to one, or says why not. */
    private interface Step {
        Optional<String> take(DeadLetter letter);

        default List<RunId> runs() {
            return List.of();
        }
    }

    private static Answer each(List<DeadLetter> letters, Step step) {
        var left = new ArrayList<String>();
        for (var letter : letters) {
            step.take(letter).ifPresent(left::add);
        }
        return new Answer(letters.size() - left.size(), step.runs(), left);
    }

    /** Each run is repeated once, however many of its jobs are among them. */
    private final class Requeue implements Step {

        private final String who;
        private final List<RunId> begun = new ArrayList<>();
        private final HashSet<RunId> repeated = new HashSet<>();

        Requeue(String who) {
            this.who = who;
        }

        @Override
        public List<RunId> runs() {
            return begun;
        }

        @Override
        public Optional<String> take(DeadLetter letter) {
            if (repeated.contains(letter.run())) {
                return Optional.empty();
            }
            return switch (store.resume(letter.id(), who)) {
                case YES -> {
                    if (!begun.contains(letter.run())) {
                        begun.add(letter.run());
                    }
                    yield Optional.empty();
                }
                case RUN_IS_OVER -> repeat(letter);
                case RUN_STOPS ->
                        Optional.of(words(letter) + " is in a run that stops; wait for its end");
                case NEEDS_LOCKS ->
                        Optional.of(
                                words(letter)
                                        + " is in a run that goes on and whose jobs need locks;"
                                        + " wait for its end");
                case NOT_OPEN -> Optional.of(words(letter) + " is not open any more");
            };
        }

        /**
         * The key makes it one run also for two who ask at once, and for one who asks again because
         * the server was killed between the two transactions.
         */
        private Optional<String> repeat(DeadLetter letter) {
            try {
                var key = "dead-letters-of-" + letter.run();
                var again = runs.rerun(letter.run(), Rerun.failed(), who, key);
                var letters = store.requeued(letter.run(), again.run(), who);
                LOG.info("{} dead letters of run {} run again in {}", letters, letter.run(), again);
                repeated.add(letter.run());
                begun.add(again.run());
                return Optional.empty();
            } catch (Refused e) {
                return Optional.of(words(letter) + ": " + e.getMessage());
            }
        }
    }

    private static String words(DeadLetter letter) {
        return "Job '%s' of %s #%d"
                .formatted(letter.jobKey(), letter.project(), letter.runNumber());
    }

    private static Refused unknown(DeadLetterId id) {
        return Refused.notFound(
                "There is no dead letter %s; see the list (headrace dead-letters list)"
                        .formatted(id));
    }
}
