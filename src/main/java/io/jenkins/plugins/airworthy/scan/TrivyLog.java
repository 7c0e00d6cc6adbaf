package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Trivy's log while it runs. Trivy quotes files of the image in it (a Dockerfile's unknown instruction, a broken line of
 * YAML), so only fixed texts are passed on as progress, without their values. A failure is told in our own words where its
 * cause is known, and otherwise by those parts of Trivy's last line that are plain words.
 */
final class TrivyLog implements Consumer<String> {
    private static final int TIME = 0;
    private static final int LEVEL = 1;
    private static final int MESSAGE = 2;

    /** What Trivy says when it fails, and what that means; the first that fits is told. Its last line counts more than others. */
    private static final List<Map.Entry<String, String>> CAUSES = List.of(
            Map.entry(
                    "skip downloading Java DB",
                    "there is no index of Java archives in the cache folder: run once online, or copy one there"),
            Map.entry(
                    "skip downloading DB",
                    "there is no vulnerability database in the cache folder: run once online, or copy one there"),
            Map.entry(
                    "failed to download vulnerability DB",
                    "the vulnerability database could not be downloaded: check network and proxy, or work offline"
                            + " with a database in the cache folder"),
            Map.entry(
                    "failed to download Java DB",
                    "the index of Java archives could not be downloaded: check network and proxy, or work offline"
                            + " with an index in the cache folder"),
            Map.entry("invalid token", "the Trivy server refused the token"),
            Map.entry("unauthenticated", "the Trivy server refused the token"),
            Map.entry("connection refused", "no connection could be made: check the address and that the server runs"),
            Map.entry("no such host", "a host's name is not known: check the address, the network and the proxy"),
            Map.entry("certificate", "a server's certificate is not trusted: check SSL_CERT_FILE"),
            Map.entry("context deadline exceeded", "it did not end within its time limit"),
            Map.entry("no space left on device", "there is no space left on the device"),
            Map.entry("cache may be in use by another process", "another Trivy uses the same cache folder"));

    /** A part of Trivy's chain of causes without any name, number or quotation. */
    private static final Pattern PLAIN = Pattern.compile("[a-z]{2,20}(?: [a-z]{1,20}){1,9}");

    private final Progress progress;
    private volatile String chain = "";
    private volatile Optional<String> fatal = Optional.empty();
    private volatile Optional<String> other = Optional.empty();

    TrivyLog(Progress progress) {
        this.progress = progress;
    }

    /** Takes a line such as {@code 2026-01-01T00:00:00Z⇥INFO⇥[vuln] Vulnerability scanning is enabled⇥name="value"}. */
    @Override
    public void accept(String line) {
        String[] parts = line.split("\t", -1);
        if (parts.length > MESSAGE && parts[TIME].endsWith("Z") && parts[LEVEL].equals("INFO")) {
            progress.say("trivy: " + AirworthyException.oneLine(parts[MESSAGE]));
            return;
        }
        Optional<String> cause = CAUSES.stream()
                .filter(known -> line.contains(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
        if (parts.length > MESSAGE && parts[LEVEL].equals("FATAL")) {
            fatal = cause;
            chain = Arrays.stream(line.split(": |\t"))
                    .filter(PLAIN.asMatchPredicate())
                    .distinct()
                    .collect(Collectors.joining(": "));
        } else if (cause.isPresent()) {
            other = cause;
        }
    }

    /** Why it failed, as far as it can be told. */
    String failure() {
        return fatal.or(() -> other).orElse(chain.isEmpty() ? "it gave no reason" : "it says: " + chain);
    }
}
