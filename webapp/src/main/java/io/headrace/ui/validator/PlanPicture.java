package io.headrace.ui.validator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import io.headrace.language.explain.PlanOutline;
import io.headrace.language.explain.PlanSvg;
import java.util.Base64;
import java.util.Locale;

/**
 * A plan as a drawing, and in words for those who can't see it. The drawing is an image of its own,
 * so that nothing in it can reach the page.
 */
final class PlanPicture extends Div {

    private static final long serialVersionUID = 1L;

    /** Beyond this a drawing is too large to be of use. */
    private static final int MOST = 400;

    /** Up to as many levels can be read when they are as wide as half a page. */
    private static final int FITTING = 4;

    PlanPicture(PlanOutline outline) {
        addClassName("plan-picture");
        if (!outline.starts()) {
            add(new Paragraph("This event starts no run; what 'on' says does not fit it."));
        }
        if (outline.generator() != null) {
            add(
                    new Paragraph(
                            "The rest is known when '%s' has run.".formatted(outline.generator())));
        }
        if (outline.groups().size() > MOST) {
            add(
                    new Paragraph(
                            "%d jobs are too many to draw here; 'headrace plan FILE --svg' writes them into a file."
                                    .formatted(outline.groups().size())));
            return;
        }
        var svg = Base64.getEncoder().encodeToString(PlanSvg.draw(outline).getBytes(UTF_8));
        var picture =
                new Image(
                        "data:image/svg+xml;base64," + svg,
                        "The plan: %d jobs in %d levels; told below in words"
                                .formatted(outline.nodes().size(), outline.levels().size()));
        var frame = new Div(picture);
        frame.addClassNames("card", "plan-frame");
        if (outline.levels().size() <= FITTING) {
            frame.addClassName("fits");
        }
        frame.getElement().setAttribute("tabindex", "0");
        frame.getElement().setAttribute("role", "group");
        frame.getElement().setAttribute("aria-label", "Drawing of the plan");
        var words = new UnorderedList();
        outline.nodes().forEach(node -> words.add(new ListItem(said(node))));
        add(frame, new NativeDetails("Every job in words", words));
    }

    private static String said(PlanOutline.Node node) {
        var verdict = node.verdict().name().toLowerCase(Locale.ROOT);
        return node.name()
                + " (level "
                + (node.level() + 1)
                + "): "
                + verdict
                + (node.reason() == null ? "" : ", " + node.reason());
    }
}
