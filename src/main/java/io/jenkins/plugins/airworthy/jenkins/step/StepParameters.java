package io.jenkins.plugins.airworthy.jenkins.step;

import io.jenkins.plugins.airworthy.InvalidInputException;
import org.kohsuke.stapler.ClassDescriptor;
import org.kohsuke.stapler.DataBoundSetter;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The names of the parameters of a step. Refuses every other name: Jenkins drops an argument that the step does not have, for example
 * {@code file} instead of {@code files}, and the step would run without it.
 *
 * @param step the name of the step in a Jenkinsfile
 */
record StepParameters(String step, SortedSet<String> names) {
    /** What Jenkins calls an argument without a name. */
    private static final String WITHOUT_NAME = "<anonymous>";

    /** Reads them as Jenkins does: from the bound constructor and the bound setters. */
    static StepParameters of(String step, Class<?> type) {
        SortedSet<String> names = new TreeSet<>(List.of(new ClassDescriptor(type).loadConstructorParamNames()));
        for (Method method : type.getMethods()) {
            if (method.isAnnotationPresent(DataBoundSetter.class)) {
                String name = method.getName().substring("set".length());
                names.add(Character.toLowerCase(name.charAt(0)) + name.substring(1));
            }
        }
        return new StepParameters(step, names);
    }

    void requireKnown(Set<String> given) throws InvalidInputException {
        for (String name : new TreeSet<>(given)) {
            if (!names.contains(name) && !name.equals(WITHOUT_NAME)) {
                throw new InvalidInputException(
                        step + ": there is no parameter '" + name + "': the step has " + String.join(", ", names));
            }
        }
    }
}
