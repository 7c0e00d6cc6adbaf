package io.jenkins.plugins.airworthy.defences;

import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

import java.lang.reflect.Method;
import java.util.List;

/** A test method by its class, with those it inherits. Refuses names of nothing, of no test, and of several. */
record NamedTest(Class<?> type, Method method) {
    static NamedTest find(String name) throws ClassNotFoundException {
        String[] parts = name.split("#", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("'" + name + "' is not written as Class#method");
        }
        Class<?> type = Class.forName(Sources.OF_TESTS.fullName(parts[0]));
        List<Method> found = tests(type, parts[1]);
        if (found.size() != 1) {
            throw new IllegalArgumentException("'" + name + "' names " + found.size() + " tests");
        }
        return new NamedTest(type, found.get(0));
    }

    boolean hasSibling(String name) {
        return !tests(type, name).isEmpty();
    }

    private static List<Method> tests(Class<?> type, String name) {
        return ReflectionSupport.findMethods(
                type,
                method -> method.getName().equals(name) && AnnotationSupport.isAnnotated(method, Testable.class),
                HierarchyTraversalMode.TOP_DOWN);
    }
}
