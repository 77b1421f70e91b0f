package io.headrace.engine.plugin;

import io.headrace.api.AdminPage;
import io.headrace.api.SettingsSchema;

/** What a plugin's page said of itself when it was started. */
record Page(String path, String title, Class<?> view, SettingsSchema settings)
        implements AdminPage {}
