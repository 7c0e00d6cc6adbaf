package io.jenkins.plugins.airworthy.build.dockerfile;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.document.StrictJson;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Builds with BuildKit, through buildctl, buildx or Docker. A
 * <a href="https://github.com/moby/buildkit/blob/v0.34.0/docs/build-repro.md">source policy</a> denies every image but those that
 * were resolved, whatever the reader of Dockerfiles in BuildKit makes of the instructions.
 */
final class BuildKit {
    private static final String METADATA = "metadata.json";

    private final BuilderSession session;
    private final BuildPlan plan;
    private final Map<String, String> variables;

    BuildKit(BuilderSession session, Map<String, String> variables) {
        this.session = session;
        this.plan = session.plan();
        this.variables = Map.copyOf(variables);
    }

    /** Returns the file with the digest. */
    Path build() throws AirworthyException, InterruptedException {
        Path policy = session.write("policy.json", policy());
        if (session.program().kind() == BuilderKind.BUILDCTL) {
            session.run(buildctl(policy), Map.of());
        } else {
            session.run(buildx(), buildxVariables(policy));
        }
        return session.file(METADATA);
    }

    private byte[] policy() {
        ObjectNode document = StrictJson.object();
        ArrayNode rules = document.putArray("rules");
        rule(rules, "DENY", "docker-image://*", "WILDCARD");
        rule(rules, "DENY", "oci-layout://*", "WILDCARD");
        Set<String> images = new LinkedHashSet<>();
        plan.images().forEach(image -> images.add(image.reference()));
        images.forEach(image -> rule(rules, "ALLOW", "docker-image://" + image, "EXACT"));
        return StrictJson.write(document);
    }

    private static void rule(ArrayNode rules, String action, String identifier, String match) {
        ObjectNode rule = rules.addObject().put("action", action);
        rule.putObject("selector").put("identifier", identifier).put("matchType", match);
    }

    private List<String> buildctl(Path policy) throws AirworthyException {
        List<String> command = new ArrayList<>(List.of("build", "--progress", "plain", "--frontend", "dockerfile.v0"));
        command.addAll(List.of("--local", "context=" + session.context()));
        command.addAll(List.of("--local", "dockerfile=" + session.file("dockerfile")));
        command.addAll(List.of("--source-policy-file", policy.toString()));
        command.addAll(List.of("--metadata-file", session.file(METADATA).toString()));
        if (!plan.options().target().isEmpty()) {
            command.addAll(List.of("--opt", "target=" + plan.options().target()));
        }
        if (!plan.options().platforms().isEmpty()) {
            command.addAll(List.of(
                    "--opt", "platform=" + String.join(",", plan.options().platforms())));
        }
        // It reads no values of arguments from its environment.
        plan.options()
                .arguments()
                .forEach((name, value) -> command.addAll(List.of("--opt", "build-arg:" + name + "=" + value)));
        plan.options().cacheFrom().forEach(cache -> command.addAll(List.of("--import-cache", cache(cache))));
        plan.options()
                .cacheTo()
                .forEach(cache -> command.addAll(List.of("--export-cache", cache(cache) + ",mode=max")));
        command.addAll(List.of("--output", output()));
        return command;
    }

    private List<String> buildx() throws AirworthyException {
        List<String> command = new ArrayList<>(
                session.program().kind() == BuilderKind.DOCKER ? List.of("buildx", "build") : List.of("build"));
        command.addAll(List.of("--progress", "plain", "--provenance=false", "--sbom=false"));
        command.addAll(List.of("--file", session.file("dockerfile/Dockerfile").toString()));
        command.addAll(List.of("--metadata-file", session.file(METADATA).toString()));
        if (!plan.options().target().isEmpty()) {
            command.addAll(List.of("--target", plan.options().target()));
        }
        if (!plan.options().platforms().isEmpty()) {
            command.addAll(List.of("--platform", String.join(",", plan.options().platforms())));
        }
        plan.options().arguments().keySet().forEach(name -> command.addAll(List.of("--build-arg", name)));
        plan.options().cacheFrom().forEach(cache -> command.addAll(List.of("--cache-from", cache(cache))));
        plan.options().cacheTo().forEach(cache -> command.addAll(List.of("--cache-to", cache(cache) + ",mode=max")));
        command.addAll(List.of("--output", output(), session.context().toString()));
        return command;
    }

    private Map<String, String> buildxVariables(Path policy) {
        Map<String, String> more = new TreeMap<>(plan.secrets());
        more.put("EXPERIMENTAL_BUILDKIT_SOURCE_POLICY", policy.toString());
        more.put("BUILDX_METADATA_PROVENANCE", "disabled");
        // Else it runs git in the context, and git runs what the settings of a repository there say.
        more.put("BUILDX_GIT_INFO", "false");
        more.put("BUILDX_GIT_LABELS", "false");
        String config = variables.getOrDefault("DOCKER_CONFIG", "");
        String home = variables.getOrDefault("HOME", "");
        if (!variables.containsKey("BUILDX_CONFIG") && !(config.isEmpty() && home.isEmpty())) {
            // Which builders there are is told beside the credentials, whose folder is another here.
            more.put(
                    "BUILDX_CONFIG",
                    (config.isEmpty() ? Path.of(home, ".docker") : Path.of(config))
                            .resolve("buildx")
                            .toString());
        }
        return more;
    }

    private String output() throws AirworthyException {
        return "type=image,name=" + plan.target() + ",push=true,oci-mediatypes=true"
                + (session.isPlain(plan.target()) ? ",registry.insecure=true" : "");
    }

    private static String cache(String repository) {
        return "type=registry,ref=" + repository + ":buildcache";
    }
}
