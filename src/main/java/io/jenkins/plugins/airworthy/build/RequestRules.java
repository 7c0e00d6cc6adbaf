package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.manifest.Platform;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The limits of a build request, each with a name. A request that exceeds one is refused before any work begins. */
final class RequestRules {
    /** Maximum number of copies, and thus of new layers, of one build. */
    static final int MAX_COPIES = 100;

    /** Maximum number of platforms of one build. */
    static final int MAX_PLATFORMS = 32;

    /** Maximum number of labels, of variables, of arguments, of ports and of volumes. */
    static final int MAX_SETTINGS = 1_000;

    /** Maximum length of the name of a label or variable, in characters. */
    static final int MAX_NAME_LENGTH = 1_024;

    /** Maximum length of an argument, or of the value of a label or variable, in characters. */
    static final int MAX_VALUE_LENGTH = 64 * 1024;

    /** The latest creation time of an image; later years do not have four digits. */
    static final Instant MAX_CREATED = Instant.parse("9999-12-31T23:59:59Z");

    private static final Pattern VARIABLE = Pattern.compile("[^=\\p{Cc}\\p{Cf}\\p{Z}]+");
    private static final Pattern LABEL = Pattern.compile("[^\\p{Cc}\\p{Cf}\\p{Z}]+");
    private static final Pattern LINE_BREAKER = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}&&[^\t]]");
    private static final Pattern USER =
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,63})?");
    private static final Pattern PORT = Pattern.compile("([1-9][0-9]{0,4})(/(tcp|udp|sctp))?");
    private static final int MAX_PORT = 65_535;

    private RequestRules() {}

    static void require(BuildRequest request) throws InvalidInputException {
        atMost(MAX_COPIES, request.copies().size(), "files to copy");
        atMost(MAX_PLATFORMS, request.platforms().size(), "platforms");
        for (Platform platform : request.platforms()) {
            requireBuildable(platform);
            if (request.platforms().stream()
                            .filter(other -> PlatformChoice.suits(other, platform))
                            .count()
                    > 1) {
                throw new InvalidInputException("the platform " + platform + " is asked for twice");
            }
        }
        if (request.created().isBefore(Instant.EPOCH) || request.created().isAfter(MAX_CREATED)) {
            throw new InvalidInputException("an image cannot have been created at " + request.created());
        }
        require(request.settings());
        requireContent(request);
    }

    /** Refuses an image without files of its own that would be empty or just its base: the files were forgotten. */
    private static void requireContent(BuildRequest request) throws InvalidInputException {
        if (!request.copies().isEmpty()) {
            return;
        }
        if (request.base().isEmpty()) {
            throw new InvalidInputException("no files are named and the base is " + BuildRequest.SCRATCH
                    + ", so nothing would be in the image: name the files, each as FROM:TO");
        }
        if (request.settings().equals(ContainerSettings.INHERITED)
                && request.platforms().isEmpty()) {
            throw new InvalidInputException("no files and no settings are named, so the image would be just its base "
                    + request.base().get() + ": name the files, each as FROM:TO");
        }
    }

    /** Refuses Windows, since its layers have another form than plain files. */
    static void requireBuildable(Platform platform) throws InvalidInputException {
        if (platform.os().equals("windows")) {
            throw new InvalidInputException("images for " + platform + " cannot be built: their layers need a Windows"
                    + " host's own tools; ask for a Linux platform");
        }
    }

    private static void require(ContainerSettings settings) throws InvalidInputException {
        arguments("entrypoint", settings.entrypoint().orElse(List.of()));
        arguments("command", settings.command().orElse(List.of()));
        named("variable", VARIABLE, settings.environment());
        named("label", LABEL, settings.labels());
        if (settings.user().filter(user -> !USER.matcher(user).matches()).isPresent()) {
            throw new InvalidInputException("'" + settings.user().get()
                    + "' is not a user: expected a name or number, with a group if wanted, such as 1000:1000");
        }
        atMost(MAX_SETTINGS, settings.exposedPorts().size(), "ports");
        for (String port : settings.exposedPorts()) {
            canonicalPort(port);
        }
        atMost(MAX_SETTINGS, settings.volumes().size(), "volumes");
        for (String volume : settings.volumes()) {
            ImagePath.parse(volume);
        }
        if (settings.workingDirectory().isPresent()) {
            ImagePath.parse(settings.workingDirectory().get());
        }
    }

    /** Returns a port with its protocol, so that one port has one name. */
    static String canonicalPort(String text) throws InvalidInputException {
        var matcher = PORT.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) > MAX_PORT) {
            throw new InvalidInputException(
                    "'" + text + "' is not a port: expected 1 to " + MAX_PORT + ", with /tcp, /udp or /sctp if wanted");
        }
        return matcher.group(2) == null ? text + "/tcp" : text;
    }

    private static void arguments(String what, List<String> arguments) throws InvalidInputException {
        atMost(MAX_SETTINGS, arguments.size(), "arguments of the " + what);
        for (String argument : arguments) {
            atMost(MAX_VALUE_LENGTH, argument.length(), "characters in an argument of the " + what);
            // Line breaks are allowed for shell scripts. NUL would end the argument early when the program is started.
            if (argument.indexOf('\0') >= 0) {
                throw new InvalidInputException("an argument of the " + what + " contains a NUL character");
            }
        }
    }

    private static void named(String what, Pattern form, Map<String, String> entries) throws InvalidInputException {
        atMost(MAX_SETTINGS, entries.size(), what + "s");
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            String name = entry.getKey();
            if (name.length() > MAX_NAME_LENGTH || !form.matcher(name).matches()) {
                throw new InvalidInputException("'" + name + "' is not a name of a " + what
                        + ": expected 1 to " + MAX_NAME_LENGTH + " characters without spaces or control characters"
                        + (form == VARIABLE ? " or '='" : ""));
            }
            atMost(MAX_VALUE_LENGTH, entry.getValue().length(), "characters in the " + what + " " + name);
            // Tools print one value per line, so a value with a line break would look like two.
            if (LINE_BREAKER.matcher(entry.getValue()).find()) {
                throw new InvalidInputException("the value of the " + what + " '" + name
                        + "' contains a line break or another control character");
            }
        }
    }

    private static void atMost(int limit, int count, String what) throws InvalidInputException {
        if (count > limit) {
            throw new InvalidInputException(count + " " + what + " are more than the allowed " + limit);
        }
    }
}
