package com.example.greetings;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import java.io.IOException;

/** The greetings said so far. Made anew for each visit. */
public final class GreetingsView extends Div {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 100;

    public GreetingsView(GreetingsPage page) throws IOException {
        var greetings = page.greetings();
        var count = new Paragraph("Greetings said: " + greetings.size());
        count.setId("greetings-count");
        add(new H2("Greetings"), count);
        if (greetings.isEmpty()) {
            add(new Paragraph("Nobody was greeted yet. Write a step with \"uses: greet\"."));
            return;
        }
        var table = new NativeTable();
        table.setId("greetings");
        table.getHead().add(new NativeTableRow(new NativeTableHeaderCell("Latest first")));
        // Vaadin sets this as text, so that a greeting can never become markup.
        greetings.stream()
                .limit(SHOWN)
                .map(greeting -> new NativeTableRow(new NativeTableCell(greeting)))
                .forEach(table.getBody()::add);
        add(table);
    }
}
