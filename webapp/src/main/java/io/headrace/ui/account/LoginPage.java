package io.headrace.ui.account;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.login.AbstractLogin;
import com.vaadin.flow.component.login.LoginForm;
import com.vaadin.flow.component.login.LoginI18n;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.headrace.engine.access.FirstAdministrator;
import io.headrace.engine.access.LoginThrottle;
import io.headrace.ui.access.Open;
import io.headrace.ui.access.Visitor;
import io.headrace.ui.look.Notice;
import io.headrace.web.access.WebSessions;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** Lets people in. */
@Route(value = "login", autoLayout = false)
@PageTitle("Log in · Headrace")
@Open("One has to log in somehow; guesses are slowed down")
public final class LoginPage extends Main implements BeforeEnterObserver {

    private static final long serialVersionUID = 1L;

    private final transient WebSessions sessions;
    private final transient Visitor visitor;
    private final LoginForm form = new LoginForm();
    private final LoginI18n words = words();
    private String next = "";

    @Inject
    public LoginPage(WebSessions sessions, Visitor visitor, FirstAdministrator first) {
        this.sessions = sessions;
        this.visitor = visitor;
        form.setI18n(words);
        form.setForgotPasswordButtonVisible(false);
        form.addLoginListener(this::logIn);
        var card = new Div();
        card.addClassName("card");
        if (first.pending()) {
            card.add(
                    Notice.info(
                            "There is no administrator yet. Open the link that the server printed when it started."));
        }
        card.add(form);
        add(card);
        addClassName("door");
    }

    private static LoginI18n words() {
        var words = LoginI18n.createDefault();
        words.getForm().setTitle("Log in to Headrace");
        words.getForm().setUsername("Name");
        words.getForm().setPassword("Password");
        words.getForm().setSubmit("Log in");
        words.getErrorMessage().setTitle("That did not work");
        return words;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        next =
                event.getLocation()
                        .getQueryParameters()
                        .getParameters()
                        .getOrDefault("next", List.of(""))
                        .getFirst();
        if (visitor.find().isPresent()) {
            event.forwardTo("");
        }
    }

    private void logIn(AbstractLogin.LoginEvent event) {
        try {
            var principal =
                    sessions.login(Visitor.request(), event.getUsername(), event.getPassword());
            if (principal.isPresent()) {
                var target = local(next).orElse(".");
                getUI().ifPresent(ui -> ui.getPage().setLocation(target));
                return;
            }
            refuse("The name or the password is wrong, or the account is locked.");
        } catch (LoginThrottle.Throttled e) {
            refuse(String.valueOf(e.getMessage()));
        }
    }

    private void refuse(String message) {
        words.getErrorMessage().setMessage(message);
        form.setI18n(words);
        form.setError(true);
    }

    /** Returns {@code address} if it is one of a page of ours, relative to the application. */
    static Optional<String> local(String address) {
        return address.matches("[A-Za-z0-9._~-][A-Za-z0-9._~/%-]*([?][^#]*)?")
                ? Optional.of(address)
                : Optional.empty();
    }
}
