package io.headrace.language.schema;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The whole schema of a pipeline file.
 *
 * <p><b>How to walk it.</b> {@link #PIPELINE} is the level of the file itself. A {@link Level} has
 * {@link Level#keys() keys}, and {@link Level#others() others} where the author may choose names
 * besides. Each {@link Key} has a {@link Shape}; a {@code switch} over the shape tells what may
 * stand there, and {@link Shape.Table} leads to the next level:
 *
 * <pre>{@code
 * for (var level : Schema.levels()) {
 *     for (var key : level.keys()) {
 *         switch (key.shape()) {
 *             case Shape.Table(var inner) -> …
 *             case Shape.WholeNumber(int min, int max, var unit) -> …
 *             …
 *         }
 *         level.file(key); // a whole pipeline file that shows the key; the tests parse it
 *     }
 * }
 * }</pre>
 *
 * <p>A scalar of any shape may be written with or without quotes, because the parser reads the
 * text: a JSON Schema has to allow a string beside each number and boolean, and numbers and
 * booleans beside each text. Keys that begin with {@code x-} are ignored in every level.
 */
public final class Schema {

    /** The top of a file. */
    public static final Level PIPELINE = PipelineKeys.LEVEL;

    public static final Level JOB = JobKeys.LEVEL;
    public static final Level STEP = StepKeys.LEVEL;
    public static final Level PLATFORM = JobKeys.PLATFORM;
    public static final Level RESOURCES = JobKeys.RESOURCES;
    public static final Level APPROVAL = JobKeys.APPROVAL;
    public static final Level CACHE = JobKeys.CACHE;
    public static final Level ARTIFACT = JobKeys.ARTIFACT;
    public static final Level ARTIFACT_NEED = JobKeys.ARTIFACT_NEED;
    public static final Level SECRET_VALUE = Names.SECRET_VALUE;
    public static final Level EVENTS = CommonKeys.EVENTS;
    public static final Level PARAMETER = CommonKeys.PARAMETER;
    public static final Level MATRIX = CommonKeys.MATRIX;
    public static final Level EXECUTOR = CommonKeys.EXECUTOR;
    public static final Level PUSH = CommonKeys.PUSH;
    public static final Level TAG = CommonKeys.TAG;
    public static final Level PULL_REQUEST = CommonKeys.PULL_REQUEST;
    public static final Level NO_FILTER = CommonKeys.NO_FILTER;
    public static final Level SCHEDULE = CommonKeys.SCHEDULE;
    public static final Level UPSTREAM = CommonKeys.UPSTREAM;
    public static final Level RETENTION = CommonKeys.RETENTION;
    public static final Level CONCURRENCY = CommonKeys.CONCURRENCY;
    public static final Level LOCK = JobKeys.LOCK;
    public static final Level RETRY_POLICY = CommonKeys.RETRY_POLICY;
    public static final Level ARTIFACTS = CommonKeys.ARTIFACTS;
    public static final Level PHASE_GROUP = ProjectKeys.GROUP;
    public static final Level PROJECT = ProjectKeys.PROJECT;
    public static final Level FILE = ProjectKeys.FILE;
    public static final Level GENERATE = ProjectKeys.GENERATE;
    public static final Level MANIFEST = ReleaseKeys.MANIFEST;
    public static final Level RELEASE = ReleaseKeys.RELEASE;
    public static final Level IMAGE_BUILD = ReleaseKeys.IMAGE_BUILD;
    public static final Level DEPLOYMENT = DeploymentKeys.LEVEL;

    /** The names of jobs. */
    public static final Shape.Text JOB_NAME = Names.JOB;

    /** What labels, pools and executors are called. */
    public static final Shape.Text LABEL = Names.LABEL;

    private static final List<Level> LEVELS = collect();

    private Schema() {}

    /** Returns every level once, the nearest to the top of the file first. */
    public static List<Level> levels() {
        return LEVELS;
    }

    private static List<Level> collect() {
        var found = new LinkedHashSet<Level>();
        var queue = new ArrayDeque<Level>(List.of(PIPELINE));
        for (var level = queue.poll(); level != null; level = queue.poll()) {
            if (found.add(level)) {
                level.keys().forEach(key -> key.shape().levels().forEach(queue::add));
            }
        }
        return List.copyOf(new ArrayList<>(found));
    }
}
