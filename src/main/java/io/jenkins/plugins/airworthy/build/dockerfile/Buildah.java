package io.jenkins.plugins.airworthy.build.dockerfile;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Builds with buildah: first pulls each image by its digest, then builds without pulling, then pushes. So only the images that were
 * resolved can be used, and those that the agent's own storage already has.
 */
final class Buildah {
    private static final int ID_LENGTH = 71;
    private static final String LOGIN = "login/config.json";

    private final BuilderSession session;
    private final BuildPlan plan;
    private final String local = "localhost/airworthy-" + UUID.randomUUID();
    private final List<String> ids = new ArrayList<>();

    Buildah(BuilderSession session) {
        this.session = session;
        this.plan = session.plan();
    }

    /** Returns the file with the digest. */
    Path build() throws AirworthyException, InterruptedException {
        List<String> platforms = plan.options().platforms();
        boolean several = platforms.size() > 1;
        Path digest = session.file("digest");
        try {
            for (String platform : platforms.isEmpty() ? List.of("") : platforms) {
                pull(platform);
                bud(platform, several);
            }
            List<String> push = new ArrayList<>(several ? List.of("manifest", "push", "--all") : List.of("push"));
            push.addAll(
                    List.of("--format", "oci", "--authfile", session.file(LOGIN).toString()));
            push.add("--tls-verify=" + !session.isPlain(plan.target()));
            push.addAll(List.of("--digestfile", digest.toString(), local, "docker://" + plan.target()));
            session.run(push, Map.of());
            if (several && isEmpty(digest)) {
                // buildah 1.28 calls the push of an index a success when it failed, and writes no digest then.
                session.run(push, Map.of());
            }
        } finally {
            remove(several);
        }
        return digest;
    }

    private static boolean isEmpty(Path file) throws UndecidedException {
        try {
            return Files.size(file) == 0;
        } catch (IOException e) {
            throw new UndecidedException("buildah wrote no digest of the image", e);
        }
    }

    /** Always from the registry: other builds can write to the agent's storage. */
    private void pull(String platform) throws AirworthyException, InterruptedException {
        Map<String, String> pulled = new TreeMap<>();
        for (BuildPlan.PinnedImage image : plan.images()) {
            String wanted = wanted(image.platform(), platform);
            String before = pulled.putIfAbsent(image.reference(), wanted);
            if (before != null && !before.equals(wanted)) {
                throw new InvalidInputException("the Dockerfile uses " + image.reference()
                        + " for two platforms in one build, which buildah cannot keep apart: use buildx or buildctl, or"
                        + " two images");
            }
            if (before == null) {
                List<String> command = new ArrayList<>(List.of("pull", "--quiet", "--policy", "always"));
                command.addAll(List.of("--authfile", session.file(LOGIN).toString()));
                command.add("--tls-verify=" + !session.isPlain(image.reference()));
                if (!wanted.isEmpty()) {
                    command.addAll(List.of("--platform", wanted));
                }
                command.add("docker://" + image.reference());
                session.run(command, Map.of());
            }
        }
    }

    /** Empty for the platform of the machine. */
    private static String wanted(String written, String built) {
        if (written.isEmpty() || written.contains("TARGETPLATFORM")) {
            return built;
        }
        return written.contains("BUILDPLATFORM") ? "" : written;
    }

    private void bud(String platform, boolean several) throws AirworthyException, InterruptedException {
        Path id = session.file("id-" + ids.size());
        List<String> command = new ArrayList<>(List.of("build", "--pull=never", "--format", "oci"));
        command.addAll(List.of("--authfile", session.file(LOGIN).toString()));
        command.addAll(List.of("--iidfile", id.toString()));
        command.addAll(List.of("--file", session.file("dockerfile/Dockerfile").toString()));
        if (!plan.options().target().isEmpty()) {
            command.addAll(List.of("--target", plan.options().target()));
        }
        if (!platform.isEmpty()) {
            command.addAll(List.of("--platform", platform));
        }
        plan.options().arguments().keySet().forEach(name -> command.addAll(List.of("--build-arg", name)));
        if (!plan.options().cacheFrom().isEmpty() || !plan.options().cacheTo().isEmpty()) {
            command.add("--layers");
            command.add("--tls-verify=" + !session.isPlain(plan.target()));
            plan.options().cacheFrom().forEach(cache -> command.addAll(List.of("--cache-from", cache)));
            plan.options().cacheTo().forEach(cache -> command.addAll(List.of("--cache-to", cache)));
        }
        command.addAll(several ? List.of("--manifest", local) : List.of("--tag", local));
        command.add(session.context().toString());
        session.run(command, plan.secrets());
        ids.add(id(id));
    }

    private static String id(Path file) throws UndecidedException {
        try {
            String id = Files.size(file) == ID_LENGTH ? Files.readString(file, StandardCharsets.US_ASCII) : "";
            if (!id.matches("sha256:[0-9a-f]{64}")) {
                throw new UndecidedException("buildah wrote no id of the image");
            }
            return id;
        } catch (IOException e) {
            throw new UndecidedException("buildah wrote no id of the image", e);
        }
    }

    /** What was built stays in the registry, not on the agent. Nothing depends on it, so a failure changes nothing. */
    private void remove(boolean several) throws AirworthyException, InterruptedException {
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        if (several) {
            session.tryTo(List.of("manifest", "rm", local), Map.of());
        }
        for (String id : ids) {
            session.tryTo(List.of("rmi", several ? id.substring("sha256:".length()) : local), Map.of());
        }
    }
}
