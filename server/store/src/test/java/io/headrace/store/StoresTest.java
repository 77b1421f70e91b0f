package io.headrace.store;

import io.headrace.engine.Stores;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What tests of a store have in common: each runs on each database, in a fresh one. */
@ParameterizedClass
@EnumSource(TestDatabase.Kind.class)
abstract class StoresTest {

    @Parameter TestDatabase.Kind kind = TestDatabase.Kind.DERBY;

    TestDatabase database;
    Stores stores;
    Site site;

    @BeforeEach
    final void openIt() {
        database = kind.create();
        reopen();
    }

    @AfterEach
    final void closeIt() {
        try {
            stores.close();
        } finally {
            database.close();
        }
    }

    final void reopen() {
        stores = database.open();
        site = new Site(stores);
    }

    final boolean onPostgresql() {
        return database instanceof OnPostgresql;
    }

    final void pass(Duration time) {
        database.pass(time);
    }
}
