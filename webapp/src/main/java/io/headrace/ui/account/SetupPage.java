package io.headrace.ui.account;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.headrace.engine.access.FirstAdministrator;
import io.headrace.ui.access.Open;
import io.headrace.ui.access.Visitor;
import io.headrace.ui.look.Notice;
import io.headrace.ui.look.Notices;
import io.headrace.web.access.WebSessions;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;

/** Makes the first administrator, for whoever has the link that the server printed. */
@Route(value = "setup", autoLayout = false)
@PageTitle("Set up · Headrace")
@Open("Only who can read the server's terminal knows the key in the link, which works once")
public final class SetupPage extends Main implements BeforeEnterObserver {

    private static final long serialVersionUID = 1L;

    private final transient FirstAdministrator first;
    private final transient WebSessions sessions;
    private final TextField name = new TextField("Name");
    private final PasswordField password = new PasswordField("Password");
    private final PasswordField again = new PasswordField("Password again");
    private String key = "";

    @Inject
    public SetupPage(FirstAdministrator first, WebSessions sessions) {
        this.first = first;
        this.sessions = sessions;
        addClassName("door");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        key =
                event.getLocation()
                        .getQueryParameters()
                        .getParameters()
                        .getOrDefault("key", List.of(""))
                        .getFirst();
        removeAll();
        var card = new Div(new H1("Set up Headrace"));
        card.addClassName("card");
        add(card);
        if (!first.pending()) {
            card.add(
                    new Paragraph("Setup is over: there is an administrator."),
                    new Anchor("login", "Log in"));
        } else if (key.isEmpty()) {
            card.add(
                    Notice.warning(
                            "Open the whole link that the server printed when it started; it ends in a key."));
        } else {
            card.add(new Paragraph("Choose how the first administrator logs in."), form());
        }
    }

    private Div form() {
        name.setValue(FirstAdministrator.NAME);
        name.setAutocomplete(com.vaadin.flow.component.textfield.Autocomplete.USERNAME);
        password.setAutocomplete(com.vaadin.flow.component.textfield.Autocomplete.NEW_PASSWORD);
        again.setAutocomplete(com.vaadin.flow.component.textfield.Autocomplete.NEW_PASSWORD);
        password.setHelperText("At least 10 characters");
        var submit = new Button("Create administrator", _ -> complete());
        submit.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        submit.addClickShortcut(Key.ENTER);
        var form = new Div(name, password, again, submit);
        form.addClassName("form");
        name.focus();
        return form;
    }

    private void complete() {
        again.setInvalid(false);
        if (!password.getValue().equals(again.getValue())) {
            again.setErrorMessage("This is not the same password");
            again.setInvalid(true);
            return;
        }
        try {
            var request = Visitor.request();
            var account =
                    first.complete(
                            key,
                            name.getValue().strip(),
                            password.getValue(),
                            request.getRemoteAddr());
            sessions.begin(request, account);
            getUI().ifPresent(ui -> ui.getPage().setLocation("."));
        } catch (IOException e) {
            Notices.log(e);
            Notices.wrong("The server can't write its secrets folder; its log says more.");
        }
    }
}
