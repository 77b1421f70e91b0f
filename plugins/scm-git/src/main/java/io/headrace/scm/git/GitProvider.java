package io.headrace.scm.git;

import io.headrace.api.PluginContext;
import io.headrace.api.ScmException;
import io.headrace.api.ScmException.Kind;
import io.headrace.api.ScmProvider;
import io.headrace.api.Setting;
import io.headrace.api.SettingsSchema;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/** Git repositories: local, or by http, https and ssh. */
@Extension
public final class GitProvider implements ScmProvider {

    private static final SettingsSchema SETTINGS =
            SettingsSchema.of(
                    Setting.text("git", "git", "The git program: a name on PATH, or a full path.")
                            .mandatory(),
                    new Setting(
                            "time-limit",
                            Setting.Type.DURATION,
                            "PT5M",
                            true,
                            1L,
                            24 * 3600L,
                            List.of(),
                            "How long one git command may take, such as the first fetch of a large"
                                    + " repository."),
                    Setting.text(
                            "known-hosts",
                            null,
                            "File with the SSH keys of hosts; if not given, that of the server's"
                                    + " user. Unknown hosts are refused."),
                    Setting.flag(
                            "repository-in-workspace",
                            true,
                            "Leave a .git in the workspace, so that steps can use git."));

    private volatile @Nullable Repositories repositories;

    @Override
    public String type() {
        return "git";
    }

    @Override
    public SettingsSchema settings() {
        return SETTINGS;
    }

    @Override
    public void configure(PluginContext context) {
        repositories = new Repositories(context.dataDirectory(), context.settings());
    }

    @Override
    public boolean recognises(String url) {
        return GitUrl.find(url).isPresent();
    }

    @Override
    public Revision resolve(Source source, String ref) throws ScmException, InterruptedException {
        try (var repository = open(source)) {
            return repository.resolve(ref);
        }
    }

    @Override
    public byte[] read(Source source, String commit, String path, int maxBytes)
            throws ScmException, InterruptedException {
        checkId(source, commit);
        try (var repository = open(source)) {
            return repository.read(commit, path, maxBytes);
        }
    }

    @Override
    public void checkout(Source source, String commit, Path directory)
            throws ScmException, InterruptedException {
        checkId(source, commit);
        try (var repository = open(source)) {
            repository.checkout(commit, directory, false);
        }
    }

    @Override
    public void checkoutApart(Source source, String commit, Path directory)
            throws ScmException, InterruptedException {
        checkId(source, commit);
        try (var repository = open(source)) {
            repository.checkout(commit, directory, true);
        }
    }

    private Repository open(Source source) throws ScmException, InterruptedException {
        var now = repositories;
        if (now == null) {
            throw new IllegalStateException("Not configured yet");
        }
        return now.open(source);
    }

    private static void checkId(Source source, String commit) throws ScmException {
        if (!RefName.isFullId(commit)) {
            throw new ScmException(
                    Kind.NO_SUCH_COMMIT,
                    "'%s' is not the full id of a commit in %s; give all 40 digits"
                            .formatted(commit, GitUrl.withoutPassword(source.url())));
        }
    }
}
