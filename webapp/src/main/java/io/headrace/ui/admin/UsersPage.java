package io.headrace.ui.admin;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.headrace.engine.access.Account;
import io.headrace.engine.access.Accounts;
import io.headrace.engine.access.Permission;
import io.headrace.engine.access.Role;
import io.headrace.ui.access.Needs;
import io.headrace.ui.access.Visitor;
import io.headrace.ui.look.Confirm;
import io.headrace.ui.look.Notices;
import io.headrace.ui.look.PageHead;
import io.headrace.ui.shell.MainLayout;
import jakarta.inject.Inject;
import java.util.Locale;

/** Who can log in, and what they may do. */
@Route(value = "admin/users", layout = MainLayout.class)
@PageTitle("Users · Headrace")
@Needs(Permission.ADMINISTER)
public final class UsersPage extends Main {

    private static final long serialVersionUID = 1L;

    private final transient Accounts accounts;
    private final transient Visitor visitor;
    private final UnorderedList list = new UnorderedList();

    @Inject
    public UsersPage(Accounts accounts, Visitor visitor) {
        this.accounts = accounts;
        this.visitor = visitor;
        var add = new Button("Add a user", _ -> new AddUser(accounts, visitor, this::show).open());
        add.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        list.addClassName("rows");
        add(new PageHead("Users").actions(add), list);
        show();
    }

    /** Returns a role as people read it. */
    static String words(Role role) {
        return role.name().charAt(0) + role.name().substring(1).toLowerCase(Locale.ROOT);
    }

    private void show() {
        list.removeAll();
        accounts.list().forEach(account -> list.add(row(account)));
    }

    private ListItem row(Account account) {
        var name = new Div(account.name());
        name.addClassName("row-title");
        var note =
                new Div(
                        account.passwordHash().isEmpty()
                                ? "no password: can be used with tokens only"
                                : account.enabled() ? "can log in" : "locked out");
        note.addClassName("row-note");
        var main = new Div(name, note);
        main.addClassName("row-main");
        var role = new Select<Role>();
        role.setItems(Role.values());
        role.setItemLabelGenerator(UsersPage::words);
        role.setValue(account.role());
        role.setAriaLabel("Role of " + account.name());
        role.addValueChangeListener(
                event -> change(() -> accounts.changeRole(account.name(), event.getValue())));
        var lock =
                new Button(
                        account.enabled() ? "Lock" : "Unlock",
                        _ -> change(() -> accounts.setEnabled(account.name(), !account.enabled())));
        lock.setAriaLabel(lock.getText() + " " + account.name());
        var delete = new Button("Delete", _ -> delete(account));
        delete.setAriaLabel("Delete " + account.name());
        var side = new Div(state(account), role, lock, delete);
        side.addClassName("row-actions");
        return new ListItem(main, side);
    }

    private static Span state(Account account) {
        var state = new Span(account.enabled() ? "Active" : "Locked");
        state.addClassName("state");
        state.getElement()
                .setAttribute("data-status", account.enabled() ? "SUCCEEDED" : "CANCELLED");
        return state;
    }

    private void change(Runnable action) {
        visitor.require(Permission.ADMINISTER);
        try {
            action.run();
        } finally {
            show();
        }
    }

    private void delete(Account account) {
        Confirm.ask(
                "Delete the user '%s'?".formatted(account.name()),
                "Their tokens stop to work at once. Runs that they started stay.",
                "Delete",
                () -> {
                    change(() -> accounts.delete(account.name()));
                    Notices.done("User '%s' is deleted".formatted(account.name()));
                });
    }
}
