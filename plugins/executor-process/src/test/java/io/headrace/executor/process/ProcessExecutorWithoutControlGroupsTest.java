package io.headrace.executor.process;

import io.headrace.api.Executor;
import io.headrace.api.ExecutorContract;

/** The contract, as on a machine where the server may not make control groups. */
class ProcessExecutorWithoutControlGroupsTest extends ExecutorContract {

    @Override
    protected Executor executor() {
        return Configured.executor("never");
    }
}
