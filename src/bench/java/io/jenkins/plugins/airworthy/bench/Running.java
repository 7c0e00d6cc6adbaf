package io.jenkins.plugins.airworthy.bench;

import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.gate.Gate;
import io.jenkins.plugins.airworthy.gate.PromoteRequest;
import io.jenkins.plugins.airworthy.gate.Promotion;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.registry.RegistrySettings;
import io.jenkins.plugins.airworthy.image.registry.RegistryStores;
import io.jenkins.plugins.airworthy.image.registry.credential.DockerConfig;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Promotes in this process, with what it compiled before and with connections of its own, as a controller would. */
record Running(Path folder) {
    void promote(String image, String target) throws Exception {
        List<RegistrySettings> settings = new ArrayList<>();
        for (String each : List.of(image, target)) {
            String host = each.substring(0, each.indexOf('/'));
            if (!host.startsWith("localhost")) {
                settings.add(RegistrySettings.of(host).withAuthorities(Files.readString(folder.resolve("ca.pem"))));
            }
        }
        String policy = BenchPolicy.signedOnly(
                image.substring(0, image.lastIndexOf(':')), target.substring(0, target.lastIndexOf(':')));
        VerificationKey key = VerificationKey.parse(Files.readAllBytes(folder.resolve("bench.pub")), "bench.pub");
        PromoteRequest request = new PromoteRequest(
                ImageReference.parse(image),
                ImageReference.parse(target),
                Policy.parse(policy.getBytes(StandardCharsets.UTF_8), "signed.yaml"),
                List.of(new TrustedKey("release", key)),
                Optional.empty(),
                "https://bench.example.com",
                Observer.BUILD_AGENT);
        RegistryStores stores =
                RegistryStores.any(settings, DockerConfig.ofThisUser(System.getenv()), (method, host, path) -> {});
        if (!(new Gate(stores, Clock.systemUTC()).promote(request, Progress.SILENT) instanceof Promotion.Promoted)) {
            throw new IllegalStateException("the image was refused");
        }
    }
}
