package io.headrace.language;

/**
 * What the jobs that a job waited for left. Names are those of the file, ids or names of variants;
 * the name of a job with a matrix means all its variants together.
 */
public interface JobResults {

    /** For where no job is over. */
    JobResults NONE =
            new JobResults() {
                @Override
                public String status(String job) {
                    return "";
                }

                @Override
                public int artifacts(String job) {
                    return 0;
                }

                @Override
                public String artifact(String job, String name) {
                    return "";
                }
            };

    /**
     * Returns how the job ended: {@code succeeded}, {@code failed}, {@code errored}, {@code
     * cancelled} or {@code skipped}; of several, the worst. Empty if there is no such job.
     */
    String status(String job);

    /** Returns how many artifacts the job left. */
    int artifacts(String job);

    /**
     * Returns the digest of an artifact, such as {@code sha256:9f86d0…}; empty if the job left none
     * of this name.
     */
    String artifact(String job, String name);
}
