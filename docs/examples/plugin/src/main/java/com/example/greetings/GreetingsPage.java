package com.example.greetings;

import io.headrace.api.AdminPage;
import io.headrace.api.PluginContext;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/** Offers {@link GreetingsView} under <em>Administration</em>. */
@Extension
public final class GreetingsPage implements AdminPage {

    private volatile @Nullable Greetings greetings;

    @Override
    public void configure(PluginContext context) {
        greetings = new Greetings(context.dataDirectory());
    }

    @Override
    public String path() {
        return "greetings";
    }

    @Override
    public String title() {
        return "Greetings";
    }

    @Override
    public Class<?> view() {
        return GreetingsView.class;
    }

    List<String> greetings() throws IOException {
        var current = greetings;
        return current == null ? List.of() : current.all();
    }
}
