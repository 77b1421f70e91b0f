package io.headrace.ui.project;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.headrace.engine.Refused;
import io.headrace.engine.access.Permission;
import io.headrace.engine.project.Project;
import io.headrace.engine.secret.Secret;
import io.headrace.engine.secret.Secrets;
import io.headrace.ui.access.Visitor;
import io.headrace.ui.look.Confirm;
import io.headrace.ui.look.Empty;
import io.headrace.ui.look.Notice;
import io.headrace.ui.look.Notices;
import io.headrace.ui.look.TimeAgo;

/** The secrets of a project by name, and a form to add or replace one. */
final class SecretList extends Div {

    private static final long serialVersionUID = 1L;

    private final transient Project project;
    private final transient Secrets secrets;
    private final transient Visitor visitor;
    private final TextField name = new TextField("Name");
    private final TextArea value = new TextArea("Value");
    private final Div problem = new Div();
    private final Div list = new Div();

    SecretList(Project project, Secrets secrets, Visitor visitor) {
        this.project = project;
        this.secrets = secrets;
        this.visitor = visitor;
        name.setHelperText("Letters, digits and '_', such as NPM_TOKEN");
        name.setRequiredIndicatorVisible(true);
        value.setHelperText("At least 4 characters; may have several lines");
        value.setRequiredIndicatorVisible(true);
        value.getElement().setAttribute("autocomplete", "off");
        value.getElement().setAttribute("spellcheck", "false");
        var save = new Button("Save secret", _ -> save());
        save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        var form = new Div(problem, name, value, new Div(save));
        form.addClassNames("card", "form");
        add(list, form);
        show();
    }

    private void save() {
        var principal = visitor.require(Permission.CONFIGURE);
        problem.removeAll();
        try {
            var saved =
                    secrets.put(
                            project, name.getValue().strip(), value.getValue(), principal.name());
            name.clear();
            value.clear();
            show();
            Notices.done("The secret '%s' is saved".formatted(saved.name()));
        } catch (Refused e) {
            problem.add(Notice.error(e.getMessage()));
        }
    }

    private void show() {
        list.removeAll();
        var all = secrets.list(project);
        if (all.isEmpty()) {
            list.add(
                    new Empty(
                            "No secrets",
                            "Passwords, tokens and keys that jobs need don't belong into the repository. Add one below."));
            return;
        }
        var rows = new UnorderedList();
        rows.addClassName("rows");
        all.forEach(secret -> rows.add(row(secret)));
        list.add(rows);
    }

    private ListItem row(Secret secret) {
        var title = new Div(secret.name());
        title.addClassName("row-title");
        var note = new Div();
        note.addClassName("row-note");
        note.add("set by " + secret.updatedBy() + " ");
        note.add(new TimeAgo(secret.updatedAt()));
        var main = new Div(title, note);
        main.addClassName("row-main");
        var replace = new Button("Replace", _ -> replace(secret));
        replace.setAriaLabel("Replace " + secret.name());
        var remove = new Button("Remove", _ -> remove(secret));
        remove.setAriaLabel("Remove " + secret.name());
        var side = new Div(replace, remove);
        side.addClassName("row-actions");
        return new ListItem(main, side);
    }

    private void replace(Secret secret) {
        name.setValue(secret.name());
        value.clear();
        value.focus();
    }

    private void remove(Secret secret) {
        Confirm.ask(
                "Remove the secret '%s'?".formatted(secret.name()),
                "Its value can't be had back. Jobs that list it can't be run any more.",
                "Remove",
                () -> {
                    visitor.require(Permission.CONFIGURE);
                    secrets.remove(project, secret.name());
                    show();
                });
    }
}
