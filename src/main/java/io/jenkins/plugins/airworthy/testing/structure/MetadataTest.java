package io.jenkins.plugins.airworthy.testing.structure;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.YamlValue;
import io.jenkins.plugins.airworthy.image.manifest.ImageConfig;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks what the image's config sets: environment, labels, ports, volumes, entrypoint, command and user. */
record MetadataTest(
        List<ExpectedValue> environment,
        List<String> unboundEnvironment,
        List<ExpectedValue> labels,
        List<String> exposedPorts,
        List<String> unexposedPorts,
        List<String> volumes,
        List<String> unmountedVolumes,
        Optional<List<String>> entrypoint,
        Optional<List<String>> command,
        Optional<String> workingDirectory,
        Optional<String> user)
        implements StructureTest {
    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");
    private static final Pattern CONFIG_PORT = Pattern.compile("([1-9][0-9]{0,4})(?:/(?:tcp|udp|sctp))?");

    static MetadataTest read(YamlValue test) throws InvalidInputException {
        Set<String> members = test.mapOf(Set.of(
                        "envVars",
                        "unboundEnvVars",
                        "labels",
                        "exposedPorts",
                        "unexposedPorts",
                        "volumes",
                        "unmountedVolumes",
                        "entrypoint",
                        "cmd",
                        "workdir",
                        "user"))
                .keySet();
        if (members.isEmpty()) {
            throw test.error("tests nothing");
        }
        return new MetadataTest(
                ExpectedValue.readAll(filled(test, "envVars")),
                unbound(test),
                ExpectedValue.readAll(filled(test, "labels")),
                ports(test, "exposedPorts"),
                ports(test, "unexposedPorts"),
                paths(test, "volumes"),
                paths(test, "unmountedVolumes"),
                texts(test, "entrypoint"),
                texts(test, "cmd"),
                text(test, "workdir"),
                text(test, "user"));
    }

    @Override
    public String title() {
        return "Metadata Test";
    }

    @Override
    public boolean readsFiles() {
        return false;
    }

    @Override
    public void check(TestedImage image, Findings findings, MatchBudget budget) throws InvalidInputException {
        ImageConfig config = image.config();
        ImageEnvironment set = image.environment();
        for (ExpectedValue variable : environment) {
            if (set.ambiguous().contains(variable.key())) {
                findings.fail("the environment variable " + variable.key() + " is set twice, to different values");
            } else {
                variable.check(
                        "the environment variable",
                        Optional.ofNullable(set.values().get(variable.key())),
                        findings,
                        budget);
            }
        }
        for (String name : unboundEnvironment) {
            if (set.values().containsKey(name)) {
                findings.fail("the environment variable " + name + " should not be set but is");
            }
        }
        for (ExpectedValue label : labels) {
            label.check("the label", Optional.ofNullable(config.labels().get(label.key())), findings, budget);
        }
        checkPorts(config.exposedPorts(), findings);
        List<String> mounted =
                config.volumes().stream().map(MetadataTest::withoutSlash).toList();
        for (String volume : volumes) {
            if (!mounted.contains(withoutSlash(volume))) {
                findings.fail("the volume " + volume + " should be declared but is not");
            }
        }
        for (String volume : unmountedVolumes) {
            if (mounted.contains(withoutSlash(volume))) {
                findings.fail("the volume " + volume + " should not be declared but is");
            }
        }
        checkSame("entrypoint", entrypoint, config.entrypoint(), findings);
        checkSame("command", command, config.command(), findings);
        checkSame("working directory", workingDirectory, config.workingDirectory(), findings);
        checkSame("user", user, config.user(), findings);
    }

    private void checkPorts(List<String> declared, Findings findings) {
        List<String> exposed = new ArrayList<>();
        for (String port : declared) {
            var matcher = CONFIG_PORT.matcher(port);
            if (matcher.matches()) {
                exposed.add(matcher.group(1));
            } else if (!exposedPorts.isEmpty() || !unexposedPorts.isEmpty()) {
                findings.fail("the image exposes '" + port + "', which is not a single port and cannot be compared");
            }
        }
        for (String port : exposedPorts) {
            if (!exposed.contains(port)) {
                findings.fail("the port " + port + " should be exposed but is not");
            }
        }
        for (String port : unexposedPorts) {
            if (exposed.contains(port)) {
                findings.fail("the port " + port + " should not be exposed but is");
            }
        }
    }

    private static <T> void checkSame(String what, Optional<T> expected, T found, Findings findings) {
        if (expected.isPresent() && !expected.get().equals(found)) {
            findings.fail("the " + what + " is " + quoted(found) + ", expected " + quoted(expected.get()));
        }
    }

    private static String quoted(Object value) {
        return value instanceof String text ? "'" + text + "'" : value.toString();
    }

    private static String withoutSlash(String path) {
        String cleaned = path.replaceAll("/+", "/");
        return cleaned.length() > 1 && cleaned.endsWith("/") ? cleaned.substring(0, cleaned.length() - 1) : cleaned;
    }

    private static List<String> unbound(YamlValue test) throws InvalidInputException {
        List<String> names = new ArrayList<>();
        for (YamlValue variable : filled(test, "unboundEnvVars")) {
            variable.mapOf(Set.of("key"));
            names.add(StructureTestFile.required(variable, "key"));
        }
        return List.copyOf(names);
    }

    private static List<String> ports(YamlValue test, String member) throws InvalidInputException {
        List<String> ports = new ArrayList<>();
        for (YamlValue port : filled(test, member)) {
            if (!PORT.matcher(port.raw()).matches()) {
                throw port.error("'" + port.raw() + "' can never match: expected a port's number without protocol");
            }
            ports.add(port.raw());
        }
        return List.copyOf(ports);
    }

    private static List<String> paths(YamlValue test, String member) throws InvalidInputException {
        List<String> paths = new ArrayList<>();
        for (YamlValue path : filled(test, member)) {
            if (!path.text().startsWith("/")) {
                throw path.error("'" + path.text() + "' can never match: expected an absolute path");
            }
            paths.add(path.text());
        }
        return List.copyOf(paths);
    }

    /** Returns a list that may be absent but must not be empty, since an empty one tests nothing. */
    private static List<YamlValue> filled(YamlValue test, String member) throws InvalidInputException {
        Optional<YamlValue> list = test.optional(member);
        if (list.isPresent() && list.get().list().isEmpty()) {
            throw list.get().error("'" + member + "' tests nothing");
        }
        return StructureTestFile.section(test, member);
    }

    private static Optional<List<String>> texts(YamlValue test, String member) throws InvalidInputException {
        Optional<YamlValue> list = test.optional(member);
        return list.isEmpty() ? Optional.empty() : Optional.of(list.get().texts());
    }

    private static Optional<String> text(YamlValue test, String member) throws InvalidInputException {
        return test.optional(member).isEmpty()
                ? Optional.empty()
                : Optional.of(StructureTestFile.required(test, member));
    }
}
