package io.jenkins.plugins.airworthy.jenkins;

import java.lang.annotation.Annotation;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a declaration says of a class that is not so. A declaration may leave out members; what it says must be what the real class
 * says, or what it inherits, so that code compiled against the one links with and overrides the other.
 */
final class Difference {
    private static final int COMPARED =
            Modifier.PUBLIC | Modifier.PROTECTED | Modifier.STATIC | Modifier.ABSTRACT | Modifier.FINAL;

    private final Class<?> declared;
    private final Class<?> real;
    private final List<String> found = new ArrayList<>();

    private Difference(Class<?> declared, Class<?> real) {
        this.declared = declared;
        this.real = real;
    }

    /** All differences, one a line. */
    static List<String> between(Class<?> declared, Class<?> real) {
        Difference difference = new Difference(declared, real);
        difference.types();
        if (declared.isAnnotation()) {
            difference.annotationType();
        }
        for (Method method : declared.getDeclaredMethods()) {
            if (isSaid(method)) {
                difference.method(method);
            }
        }
        for (Constructor<?> constructor : declared.getDeclaredConstructors()) {
            // The compiler gives one without parameters to a class that declares none.
            if (isSaid(constructor) && constructor.getParameterCount() > 0) {
                difference.constructor(constructor);
            }
        }
        for (Field field : declared.getDeclaredFields()) {
            if (isSaid(field)) {
                difference.field(field);
            }
        }
        return difference.found;
    }

    private static boolean isSaid(Member member) {
        return !member.isSynthetic() && !Modifier.isPrivate(member.getModifiers());
    }

    private void types() {
        open("the type", real);
        if (!declared.isEnum()) {
            same("modifiers", text(declared.getModifiers()), text(real.getModifiers()));
        }
        same("kind", kind(declared), kind(real));
        same("type parameters", parameters(declared.getTypeParameters()), parameters(real.getTypeParameters()));
        Set<String> superTypes = supers(real).map(Class::getName).collect(Collectors.toSet());
        Stream.concat(Stream.ofNullable(declared.getSuperclass()), Arrays.stream(declared.getInterfaces()))
                .map(Class::getName)
                .filter(name -> !superTypes.contains(name))
                .forEach(name -> found.add("is no " + name));
        Set<String> realAnnotations = annotations(real);
        annotations(declared).stream()
                .filter(name -> !realAnnotations.contains(name))
                .forEach(name -> found.add("has no annotation " + name));
    }

    private static String kind(Class<?> type) {
        return type.isAnnotation() ? "annotation" : type.isInterface() ? "interface" : type.isEnum() ? "enum" : "class";
    }

    /** What decides where an annotation may be used, who can read it and who inherits it. */
    private void annotationType() {
        same("may stand", places(declared), places(real));
        for (Class<? extends Annotation> meta : List.of(Retention.class, Inherited.class)) {
            same(
                    meta.getSimpleName(),
                    Objects.toString(declared.getAnnotation(meta)),
                    Objects.toString(real.getAnnotation(meta)));
        }
    }

    private static String places(Class<?> annotation) {
        Target target = annotation.getAnnotation(Target.class);
        return target == null ? "anywhere" : new TreeSet<>(List.of(target.value())).toString();
    }

    private void method(Method method) {
        String name = method.getName() + erased(method);
        Optional<Method> match = supers(real)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(other -> (other.getName() + erased(other)).equals(name)
                        && other.getReturnType()
                                .getName()
                                .equals(method.getReturnType().getName()))
                .findFirst();
        if (match.isEmpty()) {
            found.add("has no method " + method.getReturnType().getName() + " " + name);
            return;
        }
        Method other = match.get();
        open(name, other);
        same(name + " is", text(method.getModifiers()), text(other.getModifiers()));
        same(name + " throws", thrown(method), thrown(other));
        if (other.getDeclaringClass() == real && !other.isBridge()) {
            same(
                    name + " returns",
                    method.getGenericReturnType().getTypeName(),
                    other.getGenericReturnType().getTypeName());
            same(name + " takes", generic(method), generic(other));
            same(
                    name + " is generic in",
                    parameters(method.getTypeParameters()),
                    parameters(other.getTypeParameters()));
        }
        if (declared.isAnnotation()) {
            same(name + " has the default", text(method.getDefaultValue()), text(other.getDefaultValue()));
        }
    }

    private void constructor(Constructor<?> constructor) {
        Arrays.stream(real.getDeclaredConstructors())
                .filter(other -> erased(other).equals(erased(constructor)))
                .findFirst()
                .ifPresentOrElse(
                        other -> {
                            open("constructor" + erased(constructor), other);
                            same(
                                    "constructor" + erased(constructor) + " is",
                                    text(constructor.getModifiers()),
                                    text(other.getModifiers()));
                            same("constructor" + erased(constructor) + " throws", thrown(constructor), thrown(other));
                        },
                        () -> found.add("has no constructor" + erased(constructor)));
    }

    private void field(Field field) {
        Optional<Field> match = supers(real)
                .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                .filter(other -> other.getName().equals(field.getName()))
                .findFirst();
        if (match.isEmpty()) {
            found.add("has no field " + field.getName());
            return;
        }
        open("field " + field.getName(), match.get());
        same(
                "field " + field.getName() + " is",
                text(field.getModifiers()),
                text(match.get().getModifiers()));
        same(
                "type of field " + field.getName(),
                field.getGenericType().getTypeName(),
                match.get().getGenericType().getTypeName());
    }

    /** Jenkins' tools refuse a plugin that uses what Jenkins keeps for itself. */
    private void open(String what, AnnotatedElement other) {
        if (Arrays.stream(other.getDeclaredAnnotations())
                .anyMatch(one -> one.annotationType().getName().equals("org.kohsuke.accmod.Restricted"))) {
            found.add(what + " is restricted");
        }
    }

    private static String text(int modifiers) {
        return Modifier.toString(modifiers & COMPARED);
    }

    private static String erased(Executable member) {
        return Arrays.stream(member.getParameterTypes())
                .map(Class::getName)
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String generic(Executable member) {
        return Arrays.stream(member.getGenericParameterTypes())
                .map(Type::getTypeName)
                .collect(Collectors.joining(", "));
    }

    private static String thrown(Executable member) {
        return Arrays.stream(member.getExceptionTypes())
                .filter(type -> !RuntimeException.class.isAssignableFrom(type) && !Error.class.isAssignableFrom(type))
                .map(Class::getName)
                .collect(Collectors.toCollection(TreeSet::new))
                .toString();
    }

    private static String parameters(TypeVariable<?>[] variables) {
        return Arrays.stream(variables)
                .map(variable -> variable.getName()
                        + Arrays.stream(variable.getBounds())
                                .map(Type::getTypeName)
                                .toList())
                .toList()
                .toString();
    }

    private static Set<String> annotations(Class<?> type) {
        return Arrays.stream(type.getDeclaredAnnotations())
                .map(annotation -> annotation.annotationType().getName())
                .filter(name -> !name.startsWith("java.lang."))
                .collect(Collectors.toSet());
    }

    private static String text(Object defaultValue) {
        return defaultValue instanceof Object[] array ? Arrays.toString(array) : Objects.toString(defaultValue);
    }

    private static Stream<Class<?>> supers(Class<?> type) {
        Set<Class<?>> all = new LinkedHashSet<>();
        for (Class<?> one = type; one != null; one = one.getSuperclass()) {
            all.add(one);
        }
        for (Class<?> one : List.copyOf(all)) {
            interfaces(one, all);
        }
        return all.stream();
    }

    private static void interfaces(Class<?> type, Set<Class<?>> into) {
        for (Class<?> one : type.getInterfaces()) {
            if (into.add(one)) {
                interfaces(one, into);
            }
        }
    }

    private void same(String what, String declaredText, String realText) {
        if (!declaredText.equals(realText)) {
            found.add(what + " " + declaredText + ", really " + realText);
        }
    }
}
