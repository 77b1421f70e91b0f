package io.headrace.store;

import java.sql.SQLException;

/** Turns a compare-and-set that changed nothing into a failure that is tried again. */
final class Conflicts {

    private Conflicts() {}

    static void expect(int changed, String what, long id) throws SQLException {
        if (changed != 1) {
            // 40001: serialization failure, the standard's word for "somebody was quicker".
            throw new SQLException("The " + what + " " + id + " was changed meanwhile", "40001");
        }
    }
}
