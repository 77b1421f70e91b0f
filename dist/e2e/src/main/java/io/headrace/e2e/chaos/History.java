package io.headrace.e2e.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known after a trial, from all that can be asked: the clients, the API, the marks that
 * steps left, and what was seen of the workers on the way.
 *
 * @param accepted answers to clients, each of which promises that a run exists
 * @param runs by id, as the API shows them in the end; those that are not there are missing
 * @param effects in the order in which they happened
 * @param sightings which worker was seen with which attempt
 * @param left what is still there although nothing should be, in words
 */
record History(
        List<Accepted> accepted,
        Map<String, Run> runs,
        List<Effect> effects,
        List<Sighting> sightings,
        List<String> left) {

    /**
     * A 2xx answer.
     *
     * @param key of idempotency that was sent
     * @param shape of the run
     * @param cancelled whether the client asked for the run's end later
     */
    record Accepted(String key, String run, Shape shape, boolean cancelled) {}

    record Run(String id, String status, String reason, List<Job> jobs) {

        boolean over() {
            return isOver(status);
        }

        static Run of(JsonNode node) {
            var jobs = new ArrayList<Job>();
            node.path("jobs").forEach(job -> jobs.add(Job.of(job)));
            return new Run(
                    node.path("id").asText(),
                    node.path("status").asText(),
                    node.path("reason").asText(),
                    jobs);
        }
    }

    record Job(
            String key,
            String status,
            String reason,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            List<Attempt> attempts) {

        boolean over() {
            return isOver(status);
        }

        static Job of(JsonNode node) {
            var attempts = new ArrayList<Attempt>();
            node.path("attempts").forEach(attempt -> attempts.add(Attempt.of(attempt)));
            return new Job(
                    node.path("key").asText(),
                    node.path("status").asText(),
                    node.path("reason").asText(),
                    time(node, "startedAt"),
                    time(node, "finishedAt"),
                    attempts);
        }
    }

    /**
     * A try at a job.
     *
     * @param startedAt null if no worker took it
     * @param finishedAt null if it is not over
     * @param steps status of each step that was recorded, by its place
     */
    record Attempt(
            String id,
            int number,
            String status,
            String reason,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            List<String> steps) {

        boolean over() {
            return isOver(status);
        }

        static Attempt of(JsonNode node) {
            var steps = new ArrayList<String>();
            node.path("steps").forEach(step -> steps.add(step.path("status").asText()));
            return new Attempt(
                    node.path("id").asText(),
                    node.path("number").asInt(),
                    node.path("status").asText(),
                    node.path("reason").asText(),
                    time(node, "startedAt"),
                    time(node, "finishedAt"),
                    steps);
        }
    }

    /**
     * A mark that a step left.
     *
     * @param end whether it is that of the step's end
     */
    record Effect(boolean end, String run, String job, int attempt, int step) {

        /** Reads what steps wrote, a line each; see {@link Shape}. */
        static List<Effect> read(Path file) throws IOException {
            if (Files.notExists(file)) {
                return List.of();
            }
            var effects = new ArrayList<Effect>();
            for (var line : Files.readAllLines(file)) {
                var words = line.split(" ", -1);
                effects.add(
                        new Effect(
                                words[0].equals("E"),
                                words[1],
                                words[2],
                                Integer.parseInt(words[3]),
                                Integer.parseInt(words[4])));
            }
            return effects;
        }

        String attemptKey() {
            return run + " " + job + " " + attempt;
        }
    }

    record Sighting(String attempt, String worker) {}

    private static boolean isOver(String status) {
        return switch (status) {
            case "SUCCEEDED", "FAILED", "ERRORED", "CANCELLED", "SKIPPED" -> true;
            default -> false;
        };
    }

    private static @Nullable Instant time(JsonNode node, String field) {
        var text = node.path(field).asText("");
        return text.isEmpty() || text.equals("null") ? null : Instant.parse(text);
    }
}
