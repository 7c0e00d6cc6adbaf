package io.jenkins.plugins.airworthy.jenkins;

import io.jenkins.plugins.airworthy.jenkins.step.ImageStep;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The arguments that our steps have, as Jenkins finds them: by the bound constructor and the bound setters of their classes. */
final class StepSettings {
    private final Map<String, Class<?>> bySetting = new HashMap<>();
    private final List<String> mandatory = new ArrayList<>();

    private StepSettings(Class<?> step) {
        for (Constructor<?> constructor : step.getConstructors()) {
            if (constructor.isAnnotationPresent(DataBoundConstructor.class)) {
                for (Parameter parameter : constructor.getParameters()) {
                    bySetting.put(parameter.getName(), parameter.getType());
                    mandatory.add(parameter.getName());
                }
            }
        }
        for (Method method : step.getMethods()) {
            if (method.isAnnotationPresent(DataBoundSetter.class)) {
                String name = method.getName().substring("set".length());
                bySetting.put(Character.toLowerCase(name.charAt(0)) + name.substring(1), method.getParameterTypes()[0]);
            }
        }
    }

    /** Of every step, by the name of its function. */
    static Map<String, StepSettings> all() throws ReflectiveOperationException, java.io.IOException {
        Map<String, StepSettings> all = new TreeMap<>();
        for (Class<?> type : OwnClasses.all()) {
            if (ImageStep.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
                Class<?> descriptor = Arrays.stream(type.getDeclaredClasses())
                        .filter(StepDescriptor.class::isAssignableFrom)
                        .findFirst()
                        .orElseThrow();
                all.put(
                        ((StepDescriptor) descriptor.getConstructor().newInstance()).getFunctionName(),
                        new StepSettings(type));
            }
        }
        return all;
    }

    /** What is wrong with the arguments of a call, if anything is. */
    List<String> wrongIn(Map<String, ?> arguments) {
        List<String> wrong = new ArrayList<>();
        mandatory.stream()
                .filter(name -> !arguments.containsKey(name))
                .forEach(name -> wrong.add(name + " is missing"));
        arguments.forEach((name, value) -> {
            Class<?> type = bySetting.get(name);
            if (type == null) {
                wrong.add("there is no " + name);
            } else if (!fits(type, value)) {
                wrong.add(name + " is a " + type.getSimpleName());
            }
        });
        return wrong;
    }

    private static boolean fits(Class<?> type, Object value) {
        if (type == List.class) {
            return value instanceof List<?> list && list.stream().allMatch(CharSequence.class::isInstance);
        }
        return type == boolean.class ? value instanceof Boolean : type == String.class && value instanceof CharSequence;
    }
}
