package io.headrace.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.headrace.engine.access.Account;
import io.headrace.engine.access.AccountId;
import io.headrace.engine.access.Role;
import io.headrace.engine.access.Token;
import io.headrace.engine.access.TokenId;
import io.headrace.engine.artifact.Artifact;
import io.headrace.engine.artifact.ArtifactId;
import io.headrace.engine.project.Project;
import io.headrace.engine.project.ProjectId;
import io.headrace.engine.project.ProjectStore;
import io.headrace.engine.run.AttemptId;
import io.headrace.engine.run.Claim;
import io.headrace.engine.run.RunFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Projects, accounts, tokens, artifacts and plugins. */
class SettingsTest extends StoresTest {

    @Test
    void projectsAreKept() {
        var shop = site.project("Shop");
        site.project("bank");
        site.project("apple");
        var projects = stores.projects();
        var project = projects.find(shop).orElseThrow();

        assertThat(projects.find("sHOP")).contains(project);
        assertThat(projects.add(copy(project, "SHOP", 1, stores.ids().next()))).isFalse();
        assertThat(projects.list(null, 2).items())
                .extracting(Project::name)
                .containsExactly("apple", "bank");
        var next = projects.list(null, 2).next();
        assertThat(projects.list(next, 2).items())
                .extracting(Project::name)
                .containsExactly("Shop");
        assertThat(projects.update(copy(project, "store", 2, shop.value()))).isTrue();
        assertThat(projects.update(copy(project, "store", 2, shop.value()))).isFalse();
        assertThat(projects.update(copy(project, "BANK", 3, shop.value()))).isFalse();
        assertThat(projects.find("shop")).isEmpty();
        assertThat(projects.find("store").orElseThrow().version()).isEqualTo(2);
    }

    private static Project copy(Project project, String name, int version, long id) {
        return new Project(
                new ProjectId(id),
                name,
                project.source(),
                project.pipelineFile(),
                project.createdAt(),
                project.updatedAt(),
                version);
    }

    @Test
    void aProjectIsDeletedWithAllItsRuns() {
        var shop = site.project("shop");
        var plan = Plans.of(Plans.job("a").build(), Plans.job("b", "a").build());
        for (var i = 0; i < 45; i++) {
            site.accept(shop, plan);
        }
        var claims = site.claim(3);
        stores.artifacts().add(List.of(artifact(claims.getFirst(), "jar", "a.jar")));
        stores.runs().stepStarted(claims.getFirst(), 0, "run").toCompletableFuture().join();
        site.succeed(claims.getFirst());
        var bank = site.accept(site.project("bank"), plan);

        var left = new ArrayList<ProjectStore.Remains>();

        assertThat(stores.projects().delete(shop, left::add)).isTrue();

        assertThat(stores.projects().delete(shop, _ -> {})).isFalse();
        assertThat(left)
                .flatExtracting(ProjectStore.Remains::blobs)
                .containsExactly("ab".repeat(32));
        assertThat(left)
                .flatExtracting(ProjectStore.Remains::attempts)
                .contains(claims.get(0).attempt(), claims.get(2).attempt())
                .hasSize(46);
        assertThat(stores.projects().find("shop")).isEmpty();
        assertThat(stores.runs().list(RunFilter.ALL, null, 100).items())
                .containsExactly(site.run(bank));
        assertThat(stores.runs().renew(claims, Site.LEASE).lost()).hasSize(3);
        assertThat(stores.runs().depth().queued()).isEqualTo(1);
        assertThat(stores.artifacts().refersTo("ab".repeat(32))).isFalse();
        assertThat(stores.runs().accept(site.newRun(site.project("shop"), plan)).number())
                .isEqualTo(1);
    }

    private Artifact artifact(Claim claim, String name, String path) {
        return new Artifact(
                new ArtifactId(stores.ids().next()),
                claim.run(),
                claim.job(),
                claim.attempt(),
                claim.key(),
                name,
                path,
                "ab".repeat(32),
                12,
                "application/octet-stream",
                true,
                true,
                TestDatabase.START,
                null,
                false);
    }

    @Test
    void artifactsAreListedByJobNameAndPath() {
        site.accept(site.project("shop"), Plans.of(Plans.job("z").build(), Plans.job("a").build()));
        var claims = site.claim(2);
        var z = artifact(claims.getFirst(), "jar", "z.jar");
        var b = artifact(claims.getLast(), "jar", "b.jar");
        var a = artifact(claims.getLast(), "jar", "a.jar");

        stores.artifacts().add(List.of(b, z, a));

        var run = claims.getFirst().run();
        assertThat(stores.artifacts().ofRun(run)).containsExactly(z, a, b);
        assertThat(stores.artifacts().ofJob(a.job())).containsExactly(a, b);
        assertThat(stores.artifacts().find(a.id())).contains(a);
        assertThat(stores.artifacts().refersTo(a.sha256())).isTrue();
        assertThat(stores.artifacts().refersTo("00".repeat(32))).isFalse();
    }

    private Artifact kept(Claim claim, String hash, @Nullable Instant until) {
        var now = stores.runs().find(claim.run()).orElseThrow().createdAt();
        return new Artifact(
                new ArtifactId(stores.ids().next()),
                claim.run(),
                claim.job(),
                claim.attempt(),
                claim.key(),
                "out",
                hash,
                hash.repeat(64),
                12,
                "text/plain",
                false,
                true,
                now,
                until,
                false);
    }

    @Test
    void artifactsExpireAtTheirOwnTimeOrAtThatOfTheServer() {
        var shop = site.project("shop");
        site.accept(shop, Plans.of(Plans.job("a").build()));
        var claim = site.claim();
        var made = stores.runs().find(claim.run()).orElseThrow().createdAt();
        var brief = kept(claim, "a", made.plus(Duration.ofDays(1)));
        var plain = kept(claim, "b", null);
        var lasting = kept(claim, "c", made.plus(Duration.ofDays(100)));
        stores.artifacts().add(List.of(brief, plain, lasting));
        var later = made.plus(Duration.ofDays(31));
        var catalog = stores.artifacts();

        assertThat(catalog.expire(later, later.minus(Duration.ofDays(30)), 10))
                .as("of a run that is not over")
                .isEmpty();
        site.succeed(claim);

        assertThat(catalog.expire(made, null, 10)).isEmpty();
        assertThat(catalog.expire(later, null, 10)).containsExactly(brief.sha256());
        assertThat(catalog.expire(later, later.minus(Duration.ofDays(30)), 10))
                .containsExactly(plain.sha256());
        assertThat(catalog.expire(later, later.minus(Duration.ofDays(30)), 10)).isEmpty();
        assertThat(catalog.ofRun(claim.run()))
                .extracting(Artifact::path, Artifact::expired)
                .containsExactly(tuple("a", true), tuple("b", true), tuple("c", false));
        assertThat(catalog.refersTo(plain.sha256())).isFalse();
        assertThat(catalog.refersTo(lasting.sha256())).isTrue();
        assertThat(catalog.find(lasting.id()).orElseThrow().expiresAt())
                .isEqualTo(made.plus(Duration.ofDays(100)));
    }

    @Test
    void artifactsExpireInPortions() {
        site.accept(site.project("shop"), Plans.of(Plans.job("a").build()));
        var claim = site.claim();
        var made = stores.runs().find(claim.run()).orElseThrow().createdAt();
        var all = Stream.of("a", "b", "c").map(hash -> kept(claim, hash, made)).toList();
        stores.artifacts().add(all);
        site.succeed(claim);

        assertThat(stores.artifacts().expire(made, null, 2)).hasSize(2);
        assertThat(stores.artifacts().expire(made, null, 2)).hasSize(1);
        assertThat(stores.artifacts().expire(made, null, 2)).isEmpty();
    }

    @Test
    void attemptsThatNobodyKnowsAreFound() {
        var shop = site.project("shop");
        site.accept(shop, Plans.of(Plans.job("a").build(), Plans.job("b").build()));
        var over = site.claim();
        site.succeed(over);
        var running = site.claim();
        var stray = new AttemptId(stores.ids().next());

        var unknown = stores.runs().unknown(Set.of(over.attempt(), running.attempt(), stray));

        assertThat(unknown).containsExactly(stray);
        assertThat(stores.runs().unknown(Set.of())).isEmpty();
    }

    private Account account(String name) {
        return new Account(
                new AccountId(stores.ids().next()),
                name,
                Role.ADMINISTRATOR,
                true,
                "$argon2id$x",
                1,
                TestDatabase.START);
    }

    @Test
    void onlyOneCanBeTheFirst() {
        var answers = new ArrayList<CompletableFuture<Boolean>>();
        var all = Stream.of("ada", "bob", "cy", "dan").map(this::account).toList();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var account : all) {
                answers.add(
                        CompletableFuture.supplyAsync(
                                () -> stores.access().addFirst(account), threads));
            }
        }

        assertThat(answers).filteredOn(CompletableFuture::join).hasSize(1);
        assertThat(stores.access().accounts()).hasSize(1);
        assertThat(stores.access().anyone()).isTrue();
    }

    @Test
    void accountsAndTheirTokensAreKept() {
        var access = stores.access();
        var ada = account("Ada");
        assertThat(access.anyone()).isFalse();
        assertThat(access.add(ada)).isTrue();
        assertThat(access.add(account("ADA"))).isFalse();
        assertThat(access.add(account("bob"))).isTrue();
        var token =
                new Token(
                        new TokenId(stores.ids().next()),
                        ada.id(),
                        "laptop",
                        "cd".repeat(32),
                        "hr_abc",
                        Role.VIEWER,
                        TestDatabase.START,
                        null,
                        null);

        access.add(token);
        access.touch(token.id(), TestDatabase.START.plusSeconds(60));

        assertThat(access.find("aDA")).contains(ada);
        assertThat(access.find(ada.id())).contains(ada);
        assertThat(access.accounts()).extracting(Account::name).containsExactly("Ada", "bob");
        assertThat(access.findToken(token.hash()).orElseThrow().lastUsedAt())
                .isEqualTo(TestDatabase.START.plusSeconds(60));
        assertThat(access.findToken(token.hash()).orElseThrow().role()).isEqualTo(Role.VIEWER);
        assertThat(access.tokens(ada.id())).hasSize(1);
        assertThat(access.delete(token.id())).isTrue();
        assertThat(access.delete(token.id())).isFalse();
        access.add(token);
        assertThat(access.delete(ada.id())).isTrue();
        assertThat(access.findToken(token.hash())).isEmpty();
        assertThat(access.update(ada)).isFalse();
    }

    @Test
    void decisionsAboutPluginsAreKept() {
        var plugins = stores.plugins();
        var settings = Map.of("url", "https://example.org", "password", "x".repeat(50_000));

        plugins.setDisabled("git", true);
        plugins.setDisabled("git", true);
        plugins.setDisabled("docker", true);
        plugins.setDisabled("docker", false);
        plugins.setSettings("git/Scm", Map.of("old", "1"));
        plugins.setSettings("git/Scm", settings);
        stores.close();
        reopen();

        assertThat(stores.plugins().disabled()).containsExactly("git");
        assertThat(stores.plugins().settings("git/Scm")).isEqualTo(settings);
        assertThat(stores.plugins().settings("git/Other")).isEmpty();
    }

    @Test
    void listenersHearOfWhatChanged() {
        var heard = new CompletableFuture<Boolean>();
        var queued = new CompletableFuture<Boolean>();
        var shop = site.project("shop");
        var run = site.newRun(shop, Plans.of(Plans.job("a").retries(1).build()));
        stores.runs()
                .onChanged(_ -> {
                    throw new IllegalStateException("This listener always fails");
                });
        stores.runs()
                .onChanged(runs -> {
                    if (runs.contains(run.id())) {
                        heard.complete(true);
                    }
                });
        stores.runs().onQueued(() -> queued.complete(true));

        stores.runs().accept(run);

        assertThat(heard).succeedsWithin(Duration.ofSeconds(10));
        assertThat(queued).succeedsWithin(Duration.ofSeconds(10));
    }
}
