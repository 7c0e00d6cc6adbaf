package io.jenkins.plugins.airworthy.jenkins;

import com.lesfurets.jenkins.unit.MethodSignature;
import com.lesfurets.jenkins.unit.PipelineTestHelper;
import groovy.lang.Binding;
import groovy.lang.Closure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One run of a Jenkinsfile without a Jenkins: what a declarative pipeline does with its blocks, and a list of the steps that it
 * called. A step that is not registered ends the run.
 */
final class PipelineRun {
    /** A step with its arguments; one that is not named has the name {@code value}. */
    record Called(String step, Map<String, ?> arguments) {}

    private final PipelineTestHelper helper = new PipelineTestHelper();
    private final Binding binding = new Binding();
    private final List<Called> called = new ArrayList<>();
    private boolean skipped;

    private PipelineRun(Map<String, String> parameters) {
        binding.setVariable("any", "any");
        binding.setVariable("scm", "the job's own source");
        binding.setVariable("params", parameters);
        binding.setVariable("env", Map.of("BUILD_NUMBER", "7"));
        for (String block : List.of("pipeline", "parameters", "options", "stages", "when", "post", "always")) {
            on(block, this::inside, Closure.class);
        }
        on("stage", this::stage, String.class, Closure.class);
        on("node", this::inside, Closure.class);
        on("node", this::block, String.class, Closure.class);
        on("container", this::block, String.class, Closure.class);
        on("expression", this::expression, Closure.class);
        on("steps", this::steps, Closure.class);
        on("agent", ignored -> {}, Object.class);
        on("agent", ignored -> {}, Closure.class);
        on("string", ignored -> {}, Map.class);
        on("timeout", ignored -> {}, Map.class);
        on("disableConcurrentBuilds", ignored -> {});
    }

    static List<Called> of(String file, Map<String, String> parameters, List<String> steps) {
        return of(".", file, parameters, steps);
    }

    /** @param root the folder that the file's name begins from */
    static List<Called> of(String root, String file, Map<String, String> parameters, List<String> steps) {
        PipelineRun run = new PipelineRun(parameters);
        for (String step : steps) {
            run.on(step, arguments -> run.call(step, Map.of()));
            run.on(step, arguments -> run.call(step, (Map<?, ?>) arguments[0]), Map.class);
            run.on(step, arguments -> run.call(step, Map.of("value", arguments[0])), Object.class);
        }
        run.helper.setBaseClassloader(PipelineRun.class.getClassLoader());
        run.helper.setScriptRoots(root);
        run.helper.setScriptExtension("");
        run.helper.init();
        run.helper.runScript(file, run.binding);
        return run.called;
    }

    private void on(String name, Consumer<Object[]> action, Class<?>... parameters) {
        helper.registerAllowedMethod(MethodSignature.method(name, parameters), new Closure<Object>(this) {
            @Override
            public Object call(Object... arguments) {
                action.accept(arguments);
                return null;
            }
        });
    }

    private void call(String step, Map<?, ?> arguments) {
        Map<String, Object> named = new java.util.LinkedHashMap<>();
        arguments.forEach((name, value) -> named.put(name.toString(), value));
        called.add(new Called(step, named));
    }

    private void inside(Object... arguments) {
        ((Closure<?>) arguments[0]).call();
    }

    private void block(Object... arguments) {
        ((Closure<?>) arguments[1]).call();
    }

    private void stage(Object... arguments) {
        skipped = false;
        ((Closure<?>) arguments[1]).call();
    }

    /** {@code when} comes before {@code steps}, and decides whether they run. */
    private void expression(Object... arguments) {
        Object value = ((Closure<?>) arguments[0]).call();
        skipped =
                value == null || Boolean.FALSE.equals(value) || value.toString().isEmpty();
    }

    private void steps(Object... arguments) {
        if (!skipped) {
            ((Closure<?>) arguments[0]).call();
        }
    }
}
