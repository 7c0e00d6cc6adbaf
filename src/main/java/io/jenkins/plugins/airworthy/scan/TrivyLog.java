package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.Progress;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Translates Trivy's log while it runs. Most lines do not help a user, and some quote files of the image (a
 * Dockerfile's unknown instruction, a broken line of YAML). Therefore only slow steps and limitations of the scan are reported, once
 * and in our own words. A failure is reported in our own words if its cause is known, otherwise with those
 * parts of Trivy's last line that are plain words.
 */
final class TrivyLog implements Consumer<String> {
    private static final int LEVEL = 1;
    private static final int MESSAGE = 2;

    /** Trivy's messages during a scan, and what they mean. */
    private static final Map<String, String> NEWS = Map.of(
            "Downloading vulnerability DB", "Trivy downloads its vulnerability database.",
            "Downloading Java DB", "Trivy downloads its index of Java archives.",
            "Downloading the checks bundle", "Trivy downloads its checks of configurations.",
            "Falling back to embedded checks",
                    "Trivy could not read or download its newest checks of configurations, and uses those that it brings along.",
            "Failed to parse file",
                    "Trivy could not read a configuration file, or the commands that made the image, and checked nothing there.",
            "Unsupported os", "Trivy knows no vulnerabilities of the packages of this operating system.",
            "This OS version is not on the EOL list",
                    "Trivy does not know whether this operating system is still supported.",
            "This OS version is no longer supported",
                    "This operating system is no longer supported, so that its newest vulnerabilities may be unknown.",
            "packages were skipped due to mismatched PURL",
                    "Trivy passed over packages that the image lists for another operating system.");

    /** The folder's name follows it in a message: only that is true at a prompt and in Jenkins. */
    private static final String CACHE = "the cache folder";

    private static final String OFFLINE = ", and let the scan fetch nothing (at a prompt: --offline)";

    /** Trivy's messages for failures, and what they mean. In each line the first match counts; Trivy's last line has priority. */
    private static final List<Map.Entry<String, String>> CAUSES = List.of(
            Map.entry(
                    "skip downloading Java DB",
                    "there is no index of Java archives in " + CACHE + ": run once online, or copy one there"),
            Map.entry(
                    "skip downloading DB",
                    "there is no vulnerability database in " + CACHE + ": run once online, or copy one there"),
            Map.entry(
                    "failed to download vulnerability DB",
                    "the vulnerability database could not be downloaded: check network and proxy, or copy a database"
                            + " into " + CACHE + OFFLINE),
            Map.entry(
                    "failed to download Java DB",
                    "the index of Java archives could not be downloaded: check network and proxy, or copy an index"
                            + " into " + CACHE + OFFLINE),
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
    private final Path cache;
    private final Set<String> reported = ConcurrentHashMap.newKeySet();
    private volatile String chain = "";
    private volatile Optional<String> fatal = Optional.empty();
    private volatile Optional<String> other = Optional.empty();

    TrivyLog(Progress progress, Path cache) {
        this.progress = progress;
        this.cache = cache;
    }

    /** Handles a line such as {@code 2026-01-01T00:00:00Z⇥INFO⇥[vuln] Vulnerability scanning is enabled⇥name="value"}. */
    @Override
    public void accept(String line) {
        String[] parts = line.split("\t", -1);
        if (parts.length > MESSAGE) {
            NEWS.forEach((words, news) -> {
                if (parts[MESSAGE].contains(words) && reported.add(news)) {
                    progress.say(news);
                }
            });
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

    /** Returns the reason for the failure, as far as it can be reported. */
    String failure() {
        return fatal.or(() -> other)
                .map(cause -> cause.replace(CACHE, CACHE + " " + cache))
                .orElse(chain.isEmpty() ? "it gave no reason" : "it says: " + chain);
    }
}
