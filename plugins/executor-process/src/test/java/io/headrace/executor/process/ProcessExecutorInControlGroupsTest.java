package io.headrace.executor.process;

import io.headrace.api.Executor;
import io.headrace.api.ExecutorContract;

/** The contract, with each command in a control group from its beginning. */
class ProcessExecutorInControlGroupsTest extends ExecutorContract {

    @Override
    protected Executor executor() {
        return Configured.executor("always");
    }
}
