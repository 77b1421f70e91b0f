package io.headrace.ui.account;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.headrace.engine.Refused;
import io.headrace.engine.access.Accounts;
import io.headrace.engine.access.LoginThrottle;
import io.headrace.engine.access.Permission;
import io.headrace.engine.access.Tokens;
import io.headrace.ui.access.Needs;
import io.headrace.ui.access.Visitor;
import io.headrace.ui.look.Notice;
import io.headrace.ui.look.Notices;
import io.headrace.ui.look.PageHead;
import io.headrace.ui.shell.MainLayout;
import io.headrace.web.access.WebSessions;
import jakarta.inject.Inject;
import java.util.Locale;

/** What somebody may change about themselves: their password and their tokens. */
@Route(value = "profile", layout = MainLayout.class)
@PageTitle("Profile · Headrace")
@Needs(Permission.VIEW)
public final class ProfilePage extends Main {

    private static final long serialVersionUID = 1L;

    private final transient Accounts accounts;
    private final transient Visitor visitor;
    private final transient WebSessions sessions;
    private final PasswordField old = new PasswordField("Old password");
    private final PasswordField password = new PasswordField("New password");
    private final Div problem = new Div();

    @Inject
    public ProfilePage(Accounts accounts, Tokens tokens, Visitor visitor, WebSessions sessions) {
        this.accounts = accounts;
        this.visitor = visitor;
        this.sessions = sessions;
        var account = visitor.get().account();
        add(
                new PageHead(account.name()),
                new Paragraph("Role: " + account.role().name().toLowerCase(Locale.ROOT)),
                new H2("API tokens"),
                new TokenList(tokens, visitor),
                new H2("Password"),
                passwordForm());
    }

    private Div passwordForm() {
        old.setAutocomplete(Autocomplete.CURRENT_PASSWORD);
        password.setAutocomplete(Autocomplete.NEW_PASSWORD);
        password.setHelperText("At least 10 characters");
        var form = new Div(problem, old, password, new Div(new Button("Change", _ -> change())));
        form.addClassNames("card", "form");
        return form;
    }

    private void change() {
        problem.removeAll();
        var request = Visitor.request();
        try {
            var account =
                    accounts.changePassword(
                            visitor.get().account(),
                            old.getValue(),
                            password.getValue(),
                            request.getRemoteAddr());
            // All sessions have ended with the old password; this one goes on with the new.
            sessions.begin(request, account);
            old.clear();
            password.clear();
            Notices.done("Your password is changed; you are logged out everywhere else");
        } catch (Refused | LoginThrottle.Throttled e) {
            problem.add(Notice.error(String.valueOf(e.getMessage())));
        }
    }
}
