package io.headrace.ui.look;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import java.time.Instant;

/** How long ago something was; the browser keeps it right. */
@Tag("time-ago")
public final class TimeAgo extends Component {

    private static final long serialVersionUID = 1L;

    public TimeAgo(Instant time) {
        getElement().setAttribute("datetime", time.toString());
    }
}
