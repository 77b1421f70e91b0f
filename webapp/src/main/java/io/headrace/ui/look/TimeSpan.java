package io.headrace.ui.look;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How long something took, or takes until now. */
@Tag("time-span")
public final class TimeSpan extends Component {

    private static final long serialVersionUID = 1L;

    /**
     * @param from null shows nothing
     * @param to null means that it goes on
     */
    public TimeSpan(@Nullable Instant from, @Nullable Instant to) {
        show(from, to);
    }

    /** Changes what is shown. */
    public void show(@Nullable Instant from, @Nullable Instant to) {
        attribute("from", from);
        attribute("to", to);
    }

    private void attribute(String name, @Nullable Instant time) {
        if (time == null) {
            getElement().removeAttribute(name);
        } else {
            getElement().setAttribute(name, time.toString());
        }
    }
}
