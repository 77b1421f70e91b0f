package io.headrace.ui.project;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.headrace.engine.Refused;
import io.headrace.engine.access.Permission;
import io.headrace.engine.project.Project;
import io.headrace.engine.secret.SourceLogin;
import io.headrace.engine.secret.SourceLogin.Kind;
import io.headrace.engine.secret.SourceLogins;
import io.headrace.ui.access.Visitor;
import io.headrace.ui.look.Confirm;
import io.headrace.ui.look.Notice;
import io.headrace.ui.look.Notices;
import io.headrace.ui.look.TimeAgo;

/** The login at a project's repository: what is set, and a form to set another. */
final class CredentialForm extends Div {

    private static final long serialVersionUID = 1L;

    private final transient Project project;
    private final transient SourceLogins logins;
    private final transient Visitor visitor;
    private final Select<Kind> kind = new Select<>();
    private final TextField user = new TextField("User name");
    private final PasswordField password = new PasswordField("Password or token");
    private final TextArea key = new TextArea("Private key");
    private final TextArea hosts = new TextArea("Known hosts");
    private final Div problem = new Div();
    private final Div present = new Div();

    CredentialForm(Project project, SourceLogins logins, Visitor visitor) {
        this.project = project;
        this.logins = logins;
        this.visitor = visitor;
        kind.setLabel("Kind");
        kind.setItems(Kind.values());
        kind.setItemLabelGenerator(CredentialForm::words);
        kind.addValueChangeListener(_ -> showFields());
        kind.setValue(project.source().url().startsWith("http") ? Kind.PASSWORD : Kind.SSH_KEY);
        user.setHelperText("May be left out where a token says it all");
        password.setAutocomplete(Autocomplete.NEW_PASSWORD);
        key.setHelperText("The whole file, without a passphrase; best one of this project alone");
        key.getElement().setAttribute("autocomplete", "off");
        key.getElement().setAttribute("spellcheck", "false");
        hosts.setHelperText(
                "Lines as ssh-keyscan prints them; empty means those that the server knows");
        hosts.getElement().setAttribute("spellcheck", "false");
        var save = new Button("Save credential", _ -> save());
        save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        var form = new Div(problem, kind, user, password, key, hosts, new Div(save));
        form.addClassNames("card", "form");
        add(present, form);
        show();
    }

    private static String words(Kind kind) {
        return switch (kind) {
            case PASSWORD -> "User name and password or token (https)";
            case SSH_KEY -> "SSH key";
        };
    }

    private void showFields() {
        var ssh = kind.getValue() == Kind.SSH_KEY;
        password.setVisible(!ssh);
        key.setVisible(ssh);
        hosts.setVisible(ssh);
    }

    private void save() {
        var principal = visitor.require(Permission.CONFIGURE);
        problem.removeAll();
        var ssh = kind.getValue() == Kind.SSH_KEY;
        try {
            logins.set(
                    project,
                    new SourceLogins.Given(
                            kind.getValue(),
                            user.getValue(),
                            ssh ? key.getValue() : password.getValue(),
                            ssh ? hosts.getValue() : null),
                    principal.name());
            password.clear();
            key.clear();
            show();
            Notices.done("The credential is saved");
        } catch (Refused e) {
            problem.add(Notice.error(e.getMessage()));
        }
    }

    private void show() {
        present.removeAll();
        logins.find(project)
                .ifPresentOrElse(
                        login -> present.add(rows(login)),
                        () ->
                                present.add(
                                        Notice.info(
                                                "None is set: the repository is read without a login, over SSH with the keys of the server's user.")));
    }

    private UnorderedList rows(SourceLogin login) {
        var title = new Div(words(login.kind()));
        title.addClassName("row-title");
        var note = new Div();
        note.addClassName("row-note");
        note.add(login.user() == null ? "" : "as " + login.user() + ", ");
        note.add("for " + login.url() + ", set by " + login.updatedBy() + " ");
        note.add(new TimeAgo(login.updatedAt()));
        var main = new Div(title, note);
        main.addClassName("row-main");
        if (!login.url().equals(project.source().url())) {
            main.add(
                    Notice.warning(
                            "The project's address was changed since, and the credential is not sent to the new one: enter it again."));
        }
        var remove = new Button("Remove", _ -> remove());
        remove.setAriaLabel("Remove the credential");
        var side = new Div(remove);
        side.addClassName("row-actions");
        var rows = new UnorderedList(new ListItem(main, side));
        rows.addClassName("rows");
        return rows;
    }

    private void remove() {
        Confirm.ask(
                "Remove the credential?",
                "It can't be had back. A repository that asks for one can't be read any more.",
                "Remove",
                () -> {
                    visitor.require(Permission.CONFIGURE);
                    logins.remove(project);
                    show();
                });
    }
}
