package io.jenkins.plugins.airworthy.jenkins;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The declarations in src/jenkins-api say nothing that the real classes do not say. */
class DeclarationsTest {
    @Test
    void everyDeclarationIsTrue(@TempDir Path folder) throws IOException, ClassNotFoundException {
        List<String> differences = new ArrayList<>();
        try (DeclaredClasses declarations = DeclaredClasses.compile(folder)) {
            for (Class<?> declared : declarations.all()) {
                Class<?> real;
                try {
                    real = Class.forName(declared.getName(), false, DeclarationsTest.class.getClassLoader());
                } catch (ClassNotFoundException e) {
                    differences.add(declared.getName() + " does not exist");
                    continue;
                }
                assertThat(real).as("the real class, not the declaration").isNotSameAs(declared);
                Difference.between(declared, real).forEach(one -> differences.add(declared.getName() + ": " + one));
            }
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void reportsAFalseDeclaration() {
        assertThat(Difference.between(Said.class, Real.class))
                .contains(
                        "has no method void absent()",
                        "kept() is restricted",
                        "narrow() is public, really protected",
                        "wide() throws [], really [java.io.IOException]",
                        "type of field count int, really long",
                        "is no java.lang.Runnable");
    }

    abstract static class Said implements Runnable {
        public int count;

        public abstract void absent();

        public void kept() {}

        public void narrow() {}

        public void wide() {}
    }

    abstract static class Real {
        public long count;

        @Restricted(NoExternalUse.class)
        public void kept() {}

        protected void narrow() {}

        public void wide() throws IOException {}
    }
}
