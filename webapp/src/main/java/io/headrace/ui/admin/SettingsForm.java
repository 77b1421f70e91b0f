package io.headrace.ui.admin;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import io.headrace.api.Setting;
import io.headrace.engine.Refused;
import io.headrace.engine.access.Permission;
import io.headrace.engine.plugin.ExtensionSettings;
import io.headrace.engine.plugin.Plugins;
import io.headrace.ui.access.Visitor;
import io.headrace.ui.look.Notice;
import io.headrace.ui.look.Notices;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The settings of one extension, drawn from the schema that it declares. */
final class SettingsForm extends Div {

    private static final long serialVersionUID = 1L;

    private final transient Map<String, Supplier<@Nullable String>> values = new LinkedHashMap<>();
    private final String extension;
    private final transient Plugins plugins;
    private final transient Visitor visitor;
    private final Div problem = new Div();

    SettingsForm(String extension, Plugins plugins, Visitor visitor) {
        this.extension = extension;
        this.plugins = plugins;
        this.visitor = visitor;
        addClassNames("card", "form");
        show(plugins.settings(extension));
    }

    private void show(ExtensionSettings settings) {
        removeAll();
        values.clear();
        problem.removeAll();
        add(problem);
        for (var setting : settings.schema().settings()) {
            add(field(setting, settings));
        }
        var save = new Button("Save", _ -> save());
        save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        add(new Div(save));
    }

    private Component field(Setting setting, ExtensionSettings settings) {
        var value = settings.values().get(setting.name());
        return switch (setting.type()) {
            case SECRET -> secret(setting, settings.secretsSet().contains(setting.name()));
            case BOOLEAN -> flag(setting, value);
            case CHOICE -> choice(setting, value);
            case TEXT, INTEGER, DURATION -> text(setting, value);
        };
    }

    private Component text(Setting setting, @Nullable String value) {
        var field = new TextField(setting.name());
        field.setHelperText(setting.help());
        field.setRequiredIndicatorVisible(setting.required());
        if (setting.defaultValue() != null) {
            field.setPlaceholder(setting.defaultValue());
        }
        field.setValue(value == null ? "" : value);
        values.put(setting.name(), () -> field.isEmpty() ? null : field.getValue().strip());
        return field;
    }

    private Component choice(Setting setting, @Nullable String value) {
        var field = new Select<String>();
        field.setLabel(setting.name());
        field.setHelperText(setting.help());
        field.setItems(setting.choices());
        var shown = value == null ? setting.defaultValue() : value;
        if (shown != null) {
            field.setValue(shown);
        }
        values.put(setting.name(), field::getValue);
        return field;
    }

    private Component flag(Setting setting, @Nullable String value) {
        var field = new Checkbox(setting.name());
        field.setHelperText(setting.help());
        field.setValue("true".equals(value == null ? setting.defaultValue() : value));
        values.put(setting.name(), () -> Boolean.toString(field.getValue()));
        return field;
    }

    /** A secret is never shown again: left empty it stays as it is. */
    private Component secret(Setting setting, boolean isSet) {
        var field = new PasswordField(setting.name());
        field.setHelperText(setting.help());
        field.setRevealButtonVisible(false);
        field.setPlaceholder(isSet ? "set; leave empty to keep it" : "not set");
        var remove = new Checkbox("Remove '%s'".formatted(setting.name()));
        remove.setVisible(isSet);
        values.put(
                setting.name(),
                () -> remove.getValue() ? "" : field.isEmpty() ? null : field.getValue());
        return new Div(field, new Span(remove));
    }

    private void save() {
        visitor.require(Permission.ADMINISTER);
        var given = new LinkedHashMap<String, String>();
        values.forEach((name, supplier) -> {
            var value = supplier.get();
            if (value != null) {
                given.put(name, value);
            }
        });
        problem.removeAll();
        try {
            show(plugins.setSettings(extension, given));
            Notices.done("Settings are saved and hold from now on");
        } catch (Refused e) {
            problem.add(Notice.error(e.getMessage()));
        }
    }
}
