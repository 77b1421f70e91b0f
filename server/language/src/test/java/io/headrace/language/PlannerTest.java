package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PlannerTest {

    @Test
    void anOrdinaryFileBecomesAPlanInLevels() {
        var text =
                """
                name: shop
                on:
                  push:
                    branches: [main]
                global_env:
                  GREETING: hello
                jobs:
                  build:
                    steps:
                      - name: compile
                        run: make
                    artifacts:
                      jar: build/*.jar
                  test:
                    needs: build
                    matrix:
                      java: [21, 25]
                      os: [linux, alpine]
                    image: eclipse-temurin:${{ matrix.java }}
                    artifact_dependencies: [jar]
                    steps:
                      - name: test on ${{ matrix.os }}
                        script:
                          - echo $GREETING
                          - make test JAVA=${{ matrix.java }}
                  deploy:
                    needs: [test]
                    if: branch == "main" && event == 'push'
                    steps:
                      - name: deploy
                        run: make deploy
                  notify:
                    needs: [deploy]
                    if: failure() && branch == "dev"
                    steps:
                      - name: notify
                        run: make notify
                """;

        var parsed = new PipelineParser().parse("ci.yml", text);
        assertThat(parsed.problems()).isEmpty();
        var pipeline = parsed.pipeline();
        assertThat(pipeline).isNotNull();
        var event =
                new PlanEvent(
                        "shop",
                        PlanEvent.Type.PUSH,
                        "refs/heads/dev",
                        "dev",
                        null,
                        "0123",
                        Map.of());
        var planned = new Planner().plan(pipeline, event);

        assertThat(planned.problems()).isEmpty();
        var plan = planned.plan();
        assertThat(plan).isNotNull();
        assertThat(plan.levels().toString())
                .isEqualTo(
                        "[[build], [test-21-linux, test-21-alpine, test-25-linux, test-25-alpine],"
                                + " [deploy], [notify]]");
        assertThat(Triggers.matches(pipeline, event)).isFalse();
    }
}
