package io.headrace.ui.admin;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import io.headrace.engine.Refused;
import io.headrace.engine.access.Accounts;
import io.headrace.engine.access.Permission;
import io.headrace.engine.access.Role;
import io.headrace.ui.access.Visitor;
import io.headrace.ui.look.Notice;
import io.headrace.ui.look.Notices;

/** Adds a user. */
final class AddUser extends Dialog {

    private static final long serialVersionUID = 1L;

    private final transient Accounts accounts;
    private final transient Visitor visitor;
    private final transient Runnable added;
    private final TextField name = new TextField("Name");
    private final PasswordField password = new PasswordField("Password");
    private final Select<Role> role = new Select<>();
    private final Div problem = new Div();

    AddUser(Accounts accounts, Visitor visitor, Runnable added) {
        this.accounts = accounts;
        this.visitor = visitor;
        this.added = added;
        name.setAutocomplete(Autocomplete.OFF);
        name.focus();
        password.setAutocomplete(Autocomplete.NEW_PASSWORD);
        password.setHelperText("At least 10 characters; leave empty for a user of tokens only");
        role.setLabel("Role");
        role.setItems(Role.values());
        role.setItemLabelGenerator(UsersPage::words);
        role.setValue(Role.DEVELOPER);
        role.setHelperText(
                "Viewers see; developers also run; maintainers also change projects; administrators do everything");
        var form = new Div(name, password, role);
        form.addClassName("form");
        setHeaderTitle("Add a user");
        setWidth("min(30rem, 95vw)");
        add(problem, form);
        var create = new Button("Add user", _ -> create());
        create.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        getFooter().add(new Button("Close", _ -> close()), create);
    }

    private void create() {
        visitor.require(Permission.ADMINISTER);
        problem.removeAll();
        try {
            var account =
                    accounts.create(
                            name.getValue().strip(),
                            password.isEmpty() ? null : password.getValue(),
                            role.getValue());
            close();
            Notices.done("User '%s' is added".formatted(account.name()));
            added.run();
        } catch (Refused e) {
            problem.add(Notice.error(e.getMessage()));
        }
    }
}
