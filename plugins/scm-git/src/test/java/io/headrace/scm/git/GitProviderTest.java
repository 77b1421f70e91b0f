package io.headrace.scm.git;

import io.headrace.api.ScmProvider;
import io.headrace.api.ScmProviderContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class GitProviderTest extends ScmProviderContract {

    private @TempDir Path data;
    private @TempDir Path origin;

    @Override
    protected ScmProvider provider() {
        return Configured.provider(data);
    }

    @Override
    protected Repository repository() throws Exception {
        return new TestRepository(origin.resolve("origin"));
    }

    @Override
    protected String urlOfNothing() {
        return "file://" + origin.resolve("nothing");
    }
}
