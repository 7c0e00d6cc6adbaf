package io.jenkins.plugins.airworthy.policy.read;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.YamlValue;

import java.util.List;
import java.util.Optional;

/** The policies of other engines, by what their documents call themselves. They are refused with the page that shows the same here. */
public final class ForeignPolicy {
    private static final List<Engine> ENGINES = List.of(
            new Engine("Kyverno", "kyverno.io", "kyverno"),
            new Engine("policy-controller", "policy.sigstore.dev", "policy-controller"),
            new Engine("Conforma", "appstudio.redhat.com", "conforma"));

    private ForeignPolicy() {}

    /**
     * Another engine.
     *
     * @param group of its documents' apiVersion, or the end of it
     */
    private record Engine(String name, String group, String page) {
        boolean wrote(String apiVersion) {
            String own = apiVersion.replaceFirst("/.*", "");
            return own.equals(group) || own.endsWith("." + group);
        }
    }

    /** Refuses the document if it is one of them. */
    public static void refuse(YamlValue root) throws InvalidInputException {
        Optional<Engine> engine = engine(root);
        if (engine.isPresent()) {
            throw root.error("this is a policy of " + engine.get().name() + ", which is not read:"
                    + " docs/coming-from-" + engine.get().page() + ".md shows the line that says the same here");
        }
    }

    private static Optional<Engine> engine(YamlValue root) throws InvalidInputException {
        if (!root.isMap()) {
            return Optional.empty();
        }
        YamlValue version = root.map().get("apiVersion");
        if (version == null) {
            // A file for Conforma's command line has only what is below spec in a cluster.
            return root.map().containsKey("sources") ? Optional.of(ENGINES.get(ENGINES.size() - 1)) : Optional.empty();
        }
        if (version.isMap() || version.isList()) {
            return Optional.empty();
        }
        String written = version.raw();
        return ENGINES.stream().filter(engine -> engine.wrote(written)).findFirst();
    }
}
