package io.headrace.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class IsolationTest extends PluginsFixture {

    private static final String PROBE =
            """
            for (var name : context.inputs().get("names").split(" ")) {
                String found;
                if (name.contains("/")) {
                    var seen = Action.class.getClassLoader().getResource(name) != null
                            || Thread.currentThread().getContextClassLoader().getResource(name) != null;
                    found = seen ? "seen" : "hidden";
                } else {
                    try {
                        found = Class.forName(name).getClassLoader() == Action.class.getClassLoader()
                                ? "own" : "seen";
                    } catch (ClassNotFoundException e) {
                        found = "hidden";
                    }
                }
                context.log(name + " " + found);
            }
            return 0;
            """;

    private RecordingContext probe(String... names) throws Exception {
        var context = context("names", String.join(" ", names));
        action("probe").run(context);
        return context;
    }

    @Test
    void aPluginSeesTheApiAndNothingOfOurs() throws Exception {
        install(action("probe", "1.0.0", PROBE));

        var seen =
                probe(
                        "java.sql.Connection",
                        "io.headrace.api.Executor",
                        "org.pf4j.Plugin",
                        "org.slf4j.Logger",
                        "org.jspecify.annotations.Nullable",
                        "io.headrace.engine.Refused",
                        "io.headrace.engine.plugin.Plugins",
                        "io.headrace.language.Pipeline",
                        "com.fasterxml.jackson.databind.ObjectMapper",
                        "org.apache.commons.compress.archivers.zip.ZipFile",
                        "ch.qos.logback.classic.Logger",
                        "com.vaadin.flow.component.html.Div",
                        "org/junit/jupiter/api/Test.class",
                        "io/headrace/engine/Refused.class");

        assertThat(seen.lines())
                .containsExactly(
                        "java.sql.Connection seen",
                        "io.headrace.api.Executor seen",
                        "org.pf4j.Plugin seen",
                        "org.slf4j.Logger seen",
                        "org.jspecify.annotations.Nullable seen",
                        "io.headrace.engine.Refused hidden",
                        "io.headrace.engine.plugin.Plugins hidden",
                        "io.headrace.language.Pipeline hidden",
                        "com.fasterxml.jackson.databind.ObjectMapper hidden",
                        "org.apache.commons.compress.archivers.zip.ZipFile hidden",
                        "ch.qos.logback.classic.Logger hidden",
                        "com.vaadin.flow.component.html.Div hidden",
                        "org/junit/jupiter/api/Test.class hidden",
                        "io/headrace/engine/Refused.class hidden");
    }

    @Test
    void onlyAPluginWithPagesSeesVaadin() throws Exception {
        install(action("probe", "1.0.0", PROBE).property("headrace.ui", "true"));

        assertThat(
                        probe(
                                        "com.vaadin.flow.component.html.Div",
                                        "io.headrace.engine.Refused",
                                        "com.fasterxml.jackson.databind.ObjectMapper")
                                .lines())
                .containsExactly(
                        "com.vaadin.flow.component.html.Div seen",
                        "io.headrace.engine.Refused hidden",
                        "com.fasterxml.jackson.databind.ObjectMapper hidden");
    }

    @Test
    void aPluginsOwnLibraryComesBeforeAnyOfOurs() throws Exception {
        var withOwn =
                action("probe", "1.0.0", PROBE)
                        .source(
                                "com.fasterxml.jackson.databind.ObjectMapper",
                                "package com.fasterxml.jackson.databind; public class ObjectMapper {}")
                        .source(
                                "org.slf4j.Marker",
                                "package org.slf4j; public interface Marker {}");

        install(withOwn);

        assertThat(probe("com.fasterxml.jackson.databind.ObjectMapper", "org.slf4j.Marker").lines())
                .containsExactly(
                        "com.fasterxml.jackson.databind.ObjectMapper own", "org.slf4j.Marker seen");
    }

    @Test
    void aPluginSeesThePluginsThatItNeedsAndNoOthers() throws Exception {
        var library =
                new TestPlugin("library", "1.2.0")
                        .property("plugin.class", "lib.Main")
                        .source(
                                "lib.Main",
                                "package lib; public class Main extends org.pf4j.Plugin {}");
        install(library);
        install(action("probe", "1.0.0", PROBE));
        assertThat(probe("lib.Main").lines()).containsExactly("lib.Main hidden");

        install(action("probe", "1.0.1", PROBE).property("plugin.dependencies", "library@>=1.0.0"));

        assertThat(probe("lib.Main").lines()).containsExactly("lib.Main seen");
        assertThat(plugins.find("probe").orElseThrow().dependencies()).containsExactly("library");
    }

    @Test
    void whatIsUnpackedIsNeverUsedASecondTime() throws Exception {
        install(action("probe", "1.0.0", "context.log(\"good\"); return 0;"));
        try (var unpacked = Files.list(folders().work())) {
            var evil = action("probe", "1.0.0", "context.log(\"evil\"); return 0;");
            evil.buildJar(unpacked.toList().getFirst().resolve("lib/plugin.jar"));
        }

        restart(LIMITS);

        assertThat(probe().lines()).containsExactly("good");
    }

    @Test
    void aPageNeedsTheUserInterface() {
        var page =
                new TestPlugin("page", "1.0.0")
                        .source(
                                "p.MyPage",
                                """
                                package p;
                                @org.pf4j.Extension
                                public class MyPage implements io.headrace.api.AdminPage {
                                    public String path() { return "mine"; }
                                    public String title() { return "Mine"; }
                                    public Class<?> view() { return String.class; }
                                }
                                """);

        assertThatThrownBy(() -> install(page))
                .hasMessage(
                        "The plugin 'page' 1.0.0 does not start: it has a page but sees no user"
                                + " interface; write headrace.ui=true into plugin.properties. Nothing"
                                + " was installed.");
    }
}
