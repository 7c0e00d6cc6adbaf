package io.jenkins.plugins.airworthy.policy;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The expression language is large and slow to load; a verdict that needs none of it must not pay for it. */
class LazyExpressionTest {
    @Test
    void loadsNoExpressionLanguageForAPolicyWithoutExpressions() throws Exception {
        String document = PolicyDocumentTest.WHOLE.replaceAll("    - expression: .*\n", "");
        assertThat(parseWithoutCel(document)).hasToString("production");
    }

    @Test
    void loadsTheExpressionLanguageForAPolicyWithAnExpression() {
        assertThatThrownBy(() -> parseWithoutCel(PolicyDocumentTest.WHOLE))
                .rootCause()
                .isInstanceOf(ClassNotFoundException.class)
                .hasMessageStartingWith("dev.cel.");
    }

    private static Object parseWithoutCel(String document) throws Exception {
        Class<?> policy = new WithoutCel().loadClass(Policy.class.getName());
        Method parse = policy.getMethod("parse", byte[].class, String.class);
        Object parsed = parse.invoke(null, document.getBytes(UTF_8), "policy.yaml");
        return policy.getMethod("name").invoke(parsed);
    }

    /** Defines our own classes anew and has no expression language. */
    private static final class WithoutCel extends ClassLoader {
        WithoutCel() {
            super(LazyExpressionTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("dev.cel.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("io.jenkins.plugins.airworthy.policy")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
