package io.jenkins.plugins.airworthy.jenkins.ui;

import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;

/** Puts into the configuration what no form would take, as a hand that edits its file could. */
final class Hands {
    private Hands() {}

    static void put(AirworthyConfiguration configuration, String list, Object entry)
            throws ReflectiveOperationException {
        Field field = AirworthyConfiguration.class.getDeclaredField(list);
        field.setAccessible(true);
        field.set(configuration, new ArrayList<>(List.of(entry)));
    }

    static void putText(AirworthyConfiguration configuration, String list, String entry)
            throws ReflectiveOperationException {
        put(configuration, list, entry);
    }
}
