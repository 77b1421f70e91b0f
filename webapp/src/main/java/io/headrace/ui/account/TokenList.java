package io.headrace.ui.account;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import io.headrace.engine.Refused;
import io.headrace.engine.access.Role;
import io.headrace.engine.access.Token;
import io.headrace.engine.access.Tokens;
import io.headrace.ui.access.Visitor;
import io.headrace.ui.look.Confirm;
import io.headrace.ui.look.Empty;
import io.headrace.ui.look.Notice;
import io.headrace.ui.look.TimeAgo;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;

/** The visitor's API tokens. A new one is shown once. */
final class TokenList extends Div {

    private static final long serialVersionUID = 1L;

    private final transient Tokens tokens;
    private final transient Visitor visitor;
    private final TextField name = new TextField("What for");
    private final Select<Role> role = new Select<>();
    private final Select<Validity> validity = new Select<>();
    private final Div result = new Div();
    private final Div list = new Div();

    /** How long a token can be used. */
    private enum Validity {
        MONTH("30 days", Duration.ofDays(30)),
        QUARTER("90 days", Duration.ofDays(90)),
        YEAR("1 year", Duration.ofDays(365)),
        ALWAYS("No end", Duration.ZERO);

        private final String words;
        private final Duration length;

        Validity(String words, Duration length) {
            this.words = words;
            this.length = length;
        }
    }

    TokenList(Tokens tokens, Visitor visitor) {
        this.tokens = tokens;
        this.visitor = visitor;
        var own = visitor.get().account().role();
        role.setLabel("May do");
        role.setItems(Arrays.stream(Role.values()).filter(one -> one.compareTo(own) <= 0).toList());
        role.setItemLabelGenerator(one -> "as " + one.name().toLowerCase(Locale.ROOT));
        role.setValue(own);
        validity.setLabel("Valid for");
        validity.setItems(Validity.values());
        validity.setItemLabelGenerator(one -> one.words);
        validity.setValue(Validity.QUARTER);
        var create = new Button("Create token", _ -> create());
        var form = new Div(name, role, validity, create);
        form.addClassName("filters");
        add(form, result, list);
        show();
    }

    private void create() {
        result.removeAll();
        try {
            var length = validity.getValue().length;
            var created =
                    tokens.create(
                            visitor.get().account(),
                            name.getValue(),
                            role.getValue(),
                            length.isZero() ? null : Instant.now().plus(length));
            var secret = new Code(created.secret());
            secret.addClassName("secret");
            var notice =
                    Notice.info("Copy the token now: it is not kept here and never shown again.");
            notice.add(secret);
            result.add(notice);
            name.clear();
            show();
        } catch (Refused e) {
            result.add(Notice.error(e.getMessage()));
        }
    }

    private void show() {
        list.removeAll();
        var own = tokens.list(visitor.get().account());
        if (own.isEmpty()) {
            list.add(
                    new Empty(
                            "No tokens",
                            "A token lets the command line or a script act for you. Create one above."));
            return;
        }
        var rows = new UnorderedList();
        rows.addClassName("rows");
        own.forEach(token -> rows.add(row(token)));
        list.add(rows);
    }

    private ListItem row(Token token) {
        var title = new Div(token.name());
        title.addClassName("row-title");
        var hint = new Code(token.hint() + "…");
        var note = new Div(hint);
        note.addClassName("row-note");
        note.add(token.expiresAt() == null ? " · no end" : " · until " + token.expiresAt());
        note.add(token.lastUsedAt() == null ? " · never used" : " · used ");
        if (token.lastUsedAt() != null) {
            note.add(new TimeAgo(token.lastUsedAt()));
        }
        var main = new Div(title, note);
        main.addClassName("row-main");
        var revoke = new Button("Revoke", _ -> revoke(token));
        revoke.setAriaLabel("Revoke " + token.name());
        var side = new Div(revoke);
        side.addClassName("row-actions");
        return new ListItem(main, side);
    }

    private void revoke(Token token) {
        Confirm.ask(
                "Revoke the token '%s'?".formatted(token.name()),
                "Whatever uses it is refused from now on.",
                "Revoke",
                () -> {
                    tokens.revoke(visitor.get().account(), token.id());
                    show();
                });
    }
}
