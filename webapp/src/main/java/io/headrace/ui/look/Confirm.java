package io.headrace.ui.look;

import com.vaadin.flow.component.confirmdialog.ConfirmDialog;

/** Asks before something that can't be undone. */
public final class Confirm {

    private Confirm() {}

    /**
     * Asks, and acts on a yes.
     *
     * @param question what is going to happen
     * @param details what is lost by it
     * @param yes the word on the button, such as {@code Delete}
     */
    public static void ask(String question, String details, String yes, Runnable action) {
        var dialog = new ConfirmDialog();
        dialog.setHeader(question);
        dialog.setText(details);
        dialog.setCancelable(true);
        dialog.setCancelText("Keep");
        dialog.setConfirmText(yes);
        dialog.setConfirmButtonTheme("error primary");
        dialog.addConfirmListener(_ -> action.run());
        dialog.open();
    }
}
