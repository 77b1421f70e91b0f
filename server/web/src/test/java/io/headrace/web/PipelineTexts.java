package io.headrace.web;

/** Pipeline files for tests. */
final class PipelineTexts {

    static final String TWO_JOBS =
            """
            name: shop
            jobs:
              build:
                checkout: false
                steps:
                  - name: compile
                    run: make
                  - name: check
                    run: make check
              deploy:
                checkout: false
                needs: build
                steps:
                  - name: push
                    run: make push
            """;

    static final String ONE_JOB =
            """
            name: one
            jobs:
              build:
                checkout: false
                steps:
                  - name: compile
                    run: make
            """;

    private PipelineTexts() {}
}
