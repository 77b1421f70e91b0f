package io.headrace.web.plugin;

import io.headrace.engine.Refused;
import io.headrace.engine.access.Permission;
import io.headrace.engine.plugin.Plugins;
import io.headrace.web.access.Needs;
import io.headrace.web.http.Created;
import io.headrace.web.http.Doc;
import io.headrace.web.http.MaxBody;
import io.headrace.web.http.PageView;
import io.headrace.web.http.Query;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plugins. */
@Path("api/v1/plugins")
public final class PluginsResource {

    private static final long LARGEST = 256L << 20;

    private final Plugins plugins;

    public PluginsResource(Plugins plugins) {
        this.plugins = plugins;
    }

    @GET
    @Needs(Permission.VIEW)
    @Doc("Lists plugins by id.")
    public PageView<PluginView> list() {
        return PageView.whole(plugins.list().stream().map(PluginView::of).toList());
    }

    @GET
    @Path("{id}")
    @Needs(Permission.VIEW)
    @Doc("Shows a plugin.")
    public PluginView show(@PathParam("id") String id) {
        return plugins.find(id)
                .map(PluginView::of)
                .orElseThrow(() -> Refused.notFound("There is no plugin '%s'".formatted(id)));
    }

    @POST
    @Consumes({"application/zip", MediaType.APPLICATION_OCTET_STREAM, "application/java-archive"})
    @MaxBody(LARGEST)
    @Needs(Permission.ADMINISTER)
    @Doc(
            value = "Installs or upgrades a plugin from its zip, and starts it.",
            status = 201,
            answer = PluginView.class)
    public Response install(
            @Context UriInfo uri,
            @QueryParam("downgrade") @Nullable String downgrade,
            InputStream zip)
            throws IOException {
        var plugin = plugins.install(zip, Query.flag("downgrade", downgrade));
        return Created.at(uri, "plugins/" + plugin.id(), PluginView.of(plugin));
    }

    @POST
    @Path("{id}/enable")
    @Needs(Permission.ADMINISTER)
    @Doc("Starts a plugin, now and at each start of the server.")
    public PluginView enable(@PathParam("id") String id) {
        return PluginView.of(plugins.enable(id));
    }

    @POST
    @Path("{id}/disable")
    @Needs(Permission.ADMINISTER)
    @Doc("Stops a plugin and keeps it from starting.")
    public PluginView disable(@PathParam("id") String id) {
        return PluginView.of(plugins.disable(id));
    }

    @DELETE
    @Path("{id}")
    @Needs(Permission.ADMINISTER)
    @Doc(value = "Stops and removes a plugin.", status = 204)
    public void uninstall(@PathParam("id") String id) throws IOException {
        plugins.uninstall(id);
    }

    @GET
    @Path("{id}/settings/{extension}")
    @Needs(Permission.ADMINISTER)
    @Doc("Shows an extension's settings, without its secrets.")
    public PluginView.SettingsView settings(
            @PathParam("id") String id, @PathParam("extension") String extension) {
        return PluginView.SettingsView.of(plugins.settings(id + "/" + extension));
    }

    @PUT
    @Path("{id}/settings/{extension}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Permission.ADMINISTER)
    @Doc("Replaces an extension's settings; a secret that is not given stays.")
    public PluginView.SettingsView setSettings(
            @PathParam("id") String id,
            @PathParam("extension") String extension,
            @Nullable Map<String, String> values) {
        return PluginView.SettingsView.of(
                plugins.setSettings(id + "/" + extension, Query.body(values)));
    }
}
