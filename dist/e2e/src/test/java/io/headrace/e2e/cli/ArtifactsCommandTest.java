package io.headrace.e2e.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Site.Shared.class)
class ArtifactsCommandTest {

    private @TempDir Path directory;

    @Test
    void artifactsAreListedAndDownloaded(Site site) throws IOException {
        site.project(
                "keeping",
                """
                name: keeping
                jobs:
                  build:
                    checkout: false
                    steps:
                      - name: build
                        run: |
                          mkdir -p out/doc
                          printf flour > out/flour.txt
                          printf 'more flour' > out/doc/readme.txt
                    artifacts:
                      flour: out/**
                """);
        var headrace = site.headrace();
        headrace.run("run", "keeping", "--follow");

        var listed = headrace.run("artifacts", "keeping#1");
        var asJson = headrace.json("artifacts", "keeping#1", "--json").path("items");
        var downloaded = headrace.run("artifacts", "keeping#1", "--download", directory.toString());

        assertThat(listed.out())
                .containsPattern("^NAME +JOB +PATH +BYTES\n")
                .containsPattern("flour +build +out/doc/readme.txt +10\n")
                .containsPattern("flour +build +out/flour.txt +5\n");
        assertThat(asJson.findValuesAsText("path"))
                .containsExactlyInAnyOrder("out/flour.txt", "out/doc/readme.txt");
        assertThat(downloaded.code()).as(downloaded.toString()).isZero();
        assertThat(downloaded.out()).contains(directory.resolve("build/out/flour.txt") + "\n");
        assertThat(directory.resolve("build/out/flour.txt")).hasContent("flour");
        assertThat(directory.resolve("build/out/doc/readme.txt")).hasContent("more flour");
    }

    @Test
    void aProgramCanBeRunByLaterJobsAndAfterItsDownload(Site site) throws IOException {
        site.project(
                "program",
                """
                name: program
                jobs:
                  build:
                    checkout: false
                    steps:
                      - name: build
                        run: |
                          printf '%s\\n' '#!/bin/sh' 'echo it turns' > wheel
                          chmod +x wheel
                          touch plain
                    artifacts:
                      mill: [wheel, plain]
                  use:
                    needs: build
                    checkout: false
                    artifact_dependencies: [build/mill]
                    steps:
                      - name: turn
                        run: ./wheel && ! test -x plain
                """);
        var headrace = site.headrace();

        var run = headrace.run("run", "program", "--follow");
        headrace.run("artifacts", "program#1", "--download", directory.toString());

        assertThat(run.code()).as(run.toString()).isZero();
        assertThat(run.out()).contains("use │ it turns\n");
        assertThat(directory.resolve("build/wheel")).isExecutable();
        assertThat(Files.isExecutable(directory.resolve("build/plain"))).isFalse();
    }

    @Test
    void aRunWithoutArtifactsSaysSo(Site site) throws IOException {
        site.project("bare", Pipelines.EXITS_WITH.formatted(0));
        var headrace = site.headrace();
        headrace.run("run", "bare", "--follow");

        var listed = headrace.run("artifacts", "bare#1");

        assertThat(listed.code()).isZero();
        assertThat(listed.out()).isEqualTo("There are no artifacts.\n");
    }
}
