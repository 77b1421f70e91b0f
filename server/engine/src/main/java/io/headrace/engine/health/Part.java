package io.headrace.engine.health;

/**
 * How a part is.
 *
 * @param words what is wrong and what to do, or what is worth knowing; empty where the state says
 *     it all. They hold no paths and no names, since anybody may read them
 */
public record Part(State state, String words) {

    /** Whether a part works. */
    public enum State {
        UP,
        /** The server works, but something needs a look. */
        WARN,
        /** The server should get no requests. */
        DOWN
    }

    static Part up() {
        return new Part(State.UP, "");
    }

    static Part warn(String words) {
        return new Part(State.WARN, words);
    }

    static Part down(String words) {
        return new Part(State.DOWN, words);
    }
}
