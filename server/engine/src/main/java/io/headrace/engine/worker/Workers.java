package io.headrace.engine.worker;

import java.util.List;

/** The workers that are known. */
public interface Workers {

    List<WorkerView> list();
}
