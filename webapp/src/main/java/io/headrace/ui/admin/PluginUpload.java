package io.headrace.ui.admin;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.server.streams.UploadEvent;
import com.vaadin.flow.server.streams.UploadHandler;
import io.headrace.engine.Refused;
import io.headrace.engine.access.Permission;
import io.headrace.engine.plugin.Plugins;
import io.headrace.ui.access.Visitor;
import io.headrace.ui.look.Notice;
import io.headrace.ui.look.Notices;
import java.io.IOException;

/** Takes the zip of a plugin and installs it, without a restart. */
final class PluginUpload extends Div {

    private static final long serialVersionUID = 1L;
    private static final int LARGEST_BYTES = 256 << 20;

    private final transient Plugins plugins;
    private final transient Visitor visitor;
    private final Div result = new Div();

    PluginUpload(Plugins plugins, Visitor visitor) {
        this.plugins = plugins;
        this.visitor = visitor;
        var upload = new Upload(new Installing());
        upload.setAcceptedFileExtensions(".zip");
        upload.setUploadButton(new Button("Install a plugin"));
        upload.setMaxFiles(1);
        upload.setMaxFileSize(LARGEST_BYTES);
        upload.setDropLabel(new Span("or drop a plugin's zip here"));
        upload.addAllFinishedListener(_ -> upload.clearFileList());
        upload.addFileRejectedListener(event -> tell(Notice.error(event.getErrorMessage())));
        add(upload, result);
        addClassName("upload");
    }

    private void tell(Notice notice) {
        result.removeAll();
        result.add(notice);
    }

    /** Installs while the file arrives; the session is not locked meanwhile. */
    private final class Installing implements UploadHandler {

        private static final long serialVersionUID = 1L;

        @Override
        public void handleUploadRequest(UploadEvent event) throws IOException {
            visitor.require(Permission.ADMINISTER);
            Notice notice;
            try (var in = event.getInputStream()) {
                var plugin = plugins.install(in);
                notice =
                        Notice.info(
                                "Plugin '%s' %s is installed and works."
                                        .formatted(plugin.id(), plugin.version()));
            } catch (Refused e) {
                notice = Notice.error(e.getMessage());
            } catch (RuntimeException e) {
                Notices.log(e);
                notice =
                        Notice.error(
                                "The plugin could not be installed; the server's log says more.");
            }
            var told = notice;
            var _ = event.getUI().access(() -> tell(told));
        }
    }
}
