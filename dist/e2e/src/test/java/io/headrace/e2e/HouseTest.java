package io.headrace.e2e;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The walls of the house: who may know whom. */
class HouseTest {

    private static JavaClasses house;

    @BeforeAll
    static void readAllModules() throws IOException {
        try (var folders = Files.walk(Build.root(), 4)) {
            List<Path> classes =
                    folders.filter(folder -> folder.endsWith("target/classes")).toList();
            house = new ClassFileImporter().importPaths(classes);
        }
    }

    @Test
    void thePluginApiKnowsNothingOfTheServer() {
        classes()
                .that(resideInAPackage("io.headrace.api.."))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(
                                "java..", "org.jspecify..", "org.pf4j..", "io.headrace.api.."))
                .check(house);
    }

    @Test
    void theLanguageIsPure() {
        classes()
                .that(resideInAPackage("io.headrace.language.."))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(
                                "java..",
                                "org.jspecify..",
                                "org.yaml.snakeyaml..",
                                "com.fasterxml.jackson.core..",
                                "io.headrace.language..",
                                "io.headrace.api.."))
                .check(house);
        noClasses()
                .that(resideInAPackage("io.headrace.language.."))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("java.sql..", "java.net..", "java.util.concurrent.."))
                .check(house);
    }

    @Test
    void theEngineKnowsNeitherDatabaseNorWebNorPages() {
        noClasses()
                .that(resideInAPackage("io.headrace.engine.."))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(
                                "io.headrace.store..",
                                "io.headrace.web..",
                                "io.headrace.ui..",
                                "java.sql..",
                                "javax.sql..",
                                "jakarta..",
                                "com.vaadin.."))
                .check(house);
    }

    @Test
    void onlyTheStoreKnowsSql() {
        noClasses()
                .that(resideInAPackage("io.headrace.."))
                .and(
                        com.tngtech.archunit.base.DescribedPredicate.not(
                                resideInAPackage("io.headrace.store..")))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(
                                "java.sql..",
                                "javax.sql..",
                                "org.hibernate..",
                                "org.flywaydb..",
                                "com.zaxxer.."))
                .check(house);
    }

    @Test
    void onlyThePagesKnowVaadin() {
        noClasses()
                .that(resideInAPackage("io.headrace.."))
                .and(
                        com.tngtech.archunit.base.DescribedPredicate.not(
                                resideInAPackage("io.headrace.ui..")))
                .should()
                .dependOnClassesThat(resideInAPackage("com.vaadin.."))
                .check(house);
    }

    @Test
    void pf4jIsKnownToThePluginApiAndToThePluginPackageAlone() {
        noClasses()
                .that(
                        resideInAnyPackage(
                                "io.headrace.engine..",
                                "io.headrace.web..",
                                "io.headrace.store..",
                                "io.headrace.ui..",
                                "io.headrace.language.."))
                .and(
                        com.tngtech.archunit.base.DescribedPredicate.not(
                                resideInAPackage("io.headrace.engine.plugin..")))
                .should()
                .dependOnClassesThat(resideInAPackage("org.pf4j.."))
                .check(house);
    }

    @Test
    void bundledPluginsKnowThePluginApiAlone() {
        noClasses()
                .that(
                        resideInAnyPackage(
                                "io.headrace.executor..",
                                "io.headrace.scm..",
                                "io.headrace.artifacts.."))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(
                                "io.headrace.engine..",
                                "io.headrace.language..",
                                "io.headrace.store..",
                                "io.headrace.web..",
                                "io.headrace.ui.."))
                .check(house);
    }

    @Test
    void theCommandLineKnowsTheLanguageButNotTheServer() {
        noClasses()
                .that(resideInAPackage("io.headrace.cli.."))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(
                                "io.headrace.engine..",
                                "io.headrace.store..",
                                "io.headrace.web..",
                                "io.headrace.ui.."))
                .check(house);
    }

    @Test
    void noModuleDependsOnItselfInACircle() {
        slices().matching("io.headrace.(*)..").should().beFreeOfCycles().check(house);
    }
}
