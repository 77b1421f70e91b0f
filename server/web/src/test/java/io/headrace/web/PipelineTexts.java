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

    static final String PLACED =
            """
            name: placed
            parameters:
              level:
                default: half
            jobs:
              placed:
                checkout: false
                image: maven:4
                pool: large
                labels: [gpu]
                priority: 70
                timeout: 120
                if: event != "tag"
                steps:
                  - name: make
                    run: make
              plain:
                checkout: false
                needs: placed
                steps:
                  - name: make
                    run: make
            """;

    private PipelineTexts() {}
}
