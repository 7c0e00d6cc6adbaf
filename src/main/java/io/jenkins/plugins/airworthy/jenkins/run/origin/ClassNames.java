package io.jenkins.plugins.airworthy.jenkins.run.origin;

import java.util.LinkedHashSet;
import java.util.Set;

/** Names of an object's types: its class, superclasses and interfaces. Loads no class that may be missing. */
final class ClassNames {
    private ClassNames() {}

    static Set<String> of(Object object) {
        Set<String> names = new LinkedHashSet<>();
        collect(object.getClass(), names);
        return names;
    }

    private static void collect(Class<?> type, Set<String> names) {
        if (type == null || !names.add(type.getName())) {
            return;
        }
        collect(type.getSuperclass(), names);
        for (Class<?> implemented : type.getInterfaces()) {
            collect(implemented, names);
        }
    }
}
