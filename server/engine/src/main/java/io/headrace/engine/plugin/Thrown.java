package io.headrace.engine.plugin;

/** Carries what plugin code threw through our own code. */
final class Thrown extends Exception {

    private static final long serialVersionUID = 1L;

    private final Throwable thrown;

    Thrown(Throwable thrown) {
        super(null, null, false, false);
        this.thrown = thrown;
    }

    Throwable thrown() {
        return thrown;
    }
}
