package io.headrace.web.server;

import io.headrace.engine.access.Permission;
import io.headrace.engine.backup.Backups;
import io.headrace.web.access.Needs;
import io.headrace.web.http.Doc;
import io.headrace.web.http.Query;
import io.headrace.web.http.Streaming;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.CompletionCallback;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import org.jspecify.annotations.Nullable;

/** Backups of the server. */
@Path("api/v1/backup")
public final class BackupResource {

    private final Backups backups;

    public BackupResource(Backups backups) {
        this.backups = backups;
    }

    /**
     * What a backup is to be made with.
     *
     * @param passphrase seals the keys and the configuration in it
     */
    public record Wanted(@Nullable String passphrase) {

        @Override
        public String toString() {
            return "Wanted[]";
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Permission.ADMINISTER)
    @Doc(
            value =
                    "Makes a backup of everything, while the server goes on, and gives it as a zip.",
            answer = StreamingOutput.class)
    public void make(@Suspended AsyncResponse response, @Nullable Wanted wanted) {
        var passphrase = Query.field("passphrase", Query.body(wanted).passphrase());
        Streaming.answer(
                response,
                () -> {
                    var begun = backups.begin(passphrase);
                    // Also if the caller goes away before the first byte.
                    response.register((CompletionCallback) _ -> begun.close());
                    StreamingOutput body = begun::write;
                    return Response.ok(Streaming.body(body), "application/zip")
                            .header(
                                    HttpHeaders.CONTENT_DISPOSITION,
                                    "attachment; filename=\"headrace-backup.zip\"")
                            .build();
                });
    }
}
