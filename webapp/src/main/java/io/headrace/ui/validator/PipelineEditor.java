package io.headrace.ui.validator;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.function.SerializableConsumer;
import com.vaadin.flow.server.VaadinServlet;
import io.headrace.language.PipelineProblem;
import io.headrace.ui.Assets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A text with line numbers in which problems are marked; see {@code pipeline-editor.js}. The
 * browser keeps what was written until its tab is closed.
 */
@Tag("pipeline-editor")
final class PipelineEditor extends Component {

    private static final long serialVersionUID = 1L;
    private static final String TEXT = "event.detail.text";

    /**
     * @param start what is in it first
     * @param changed takes the text when it was changed, a moment after the last key
     */
    PipelineEditor(String start, SerializableConsumer<String> changed) {
        getElement().setProperty("start", start);
        getElement()
                .addEventListener(
                        "pipeline-text",
                        event -> changed.accept(event.getEventData().path(TEXT).asString("")))
                .addEventData(TEXT);
    }

    /** Marks problems at their lines, and no others. */
    void mark(List<PipelineProblem> problems) {
        var marks = JsonNodeFactory.instance.arrayNode();
        for (var problem : problems) {
            marks.addObject()
                    .put("line", problem.line())
                    .put("column", problem.column())
                    .put("length", problem.length())
                    .put("severity", problem.severity().name())
                    .put("text", problem.message() + said(problem.fix()));
        }
        getElement().callJsFunction("mark", marks);
    }

    private static String said(@Nullable String fix) {
        return fix == null || fix.isEmpty() ? "" : "; " + fix;
    }

    /** Puts the cursor there, both counted from 1. */
    void show(int line, int column) {
        getElement().callJsFunction("show", line, column);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        var script =
                Assets.base(VaadinServlet.getCurrent().getServletContext())
                        + "js/pipeline-editor.js";
        getElement().executeJs("import(new URL($0, document.baseURI))", script);
    }
}
