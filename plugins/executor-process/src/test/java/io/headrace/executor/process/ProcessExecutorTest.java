package io.headrace.executor.process;

import io.headrace.api.Executor;
import io.headrace.api.ExecutorContract;

/** The contract, with control groups where this machine has them. */
class ProcessExecutorTest extends ExecutorContract {

    @Override
    protected Executor executor() {
        return Configured.executor("auto");
    }
}
