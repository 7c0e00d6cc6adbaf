package io.jenkins.plugins.airworthy.jenkins.config;

import io.jenkins.plugins.airworthy.fuzz.Fuzzing;
import io.jenkins.plugins.airworthy.fuzz.Target;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.config.scope.ImageScope;
import io.jenkins.plugins.airworthy.jenkins.config.scope.JobScope;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.List;
import java.util.stream.Stream;

import static io.jenkins.plugins.airworthy.fuzz.Fuzzing.hold;

/** What administrators write. */
public final class ConfigFuzzTest {
    @TestFactory
    Stream<DynamicTest> everyLineIsUnderstoodOrRefused() {
        return Fuzzing.of(targets());
    }

    public static List<Target> targets() {
        return List.of(
                Target.ofText("job-scope", text -> {
                            JobScope scope = JobScope.of(List.of(text.split("\n", -1)), Target.SOURCE);
                            hold(!scope.covers("other/job") || text.contains("other"), "covers another job");
                            hold(scope.covers(scope.names().get(0)), "does not cover what it names");
                        })
                        .seeds("team/shop", "a\nb/c")
                        .words("/", "//", "*", "\n", "..", " "),
                Target.ofText("image-scope", text -> {
                            ImageScope scope = ImageScope.of(List.of(text.split("\n", -1)), Target.SOURCE);
                            boolean other = scope.covers(ImageReference.parse("other.example.com/team/shop:1"));
                            hold(!other || text.contains("other"), "covers another host");
                        })
                        .names(Target.SOURCE + "|'|a pattern")
                        .seeds("registry.example.com/team/**", "registry.example.com/a/*\nlocalhost:5000/b")
                        .words("*", "**", "{x}", "/", "\n"));
    }
}
