package io.jenkins.plugins.airworthy.policy.waiver;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.evidence.sbom.ImageUrl;
import io.jenkins.plugins.airworthy.evidence.sbom.PackageName;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** One statement of an OpenVEX document: a vulnerability, a status, and the products that it is about. */
record VexStatement(
        JsonObject json, Instant time, String author, String vulnerability, List<String> aliases, String status) {
    /** The most other names of one vulnerability. */
    private static final int MAX_ALIASES = 20;

    /** The longest text that is taken from a document, in characters. */
    private static final int MAX_TEXT = 1_000;

    private static final Pattern PLAIN_URL = Pattern.compile("pkg:[!-~]{1,1000}");

    VexStatement {
        aliases = List.copyOf(aliases);
    }

    static VexStatement read(JsonObject document, JsonObject json) throws InvalidInputException {
        Optional<Instant> own = json.optionalInstant("timestamp");
        JsonObject vulnerability = json.object("vulnerability");
        List<String> aliases = vulnerability.strings("aliases");
        if (aliases.size() > MAX_ALIASES) {
            throw vulnerability.error("aliases", "more than the allowed " + MAX_ALIASES);
        }
        return new VexStatement(
                json,
                own.isPresent() ? own.get() : document.instant("timestamp"),
                document.string("author"),
                vulnerability.string("name"),
                aliases,
                json.string("status"));
    }

    /**
     * What a statement is about: a product, or a component of it.
     *
     * @param said both as they are written
     * @param image the product's repository, if it is an image that names one
     * @param narrowed which of its images is meant, if not each
     * @param component the package's URL as it is written; empty if none is named, or none that can be read
     * @param problem why no waiver can say the same
     */
    record About(
            String said,
            Optional<String> image,
            Optional<String> narrowed,
            Optional<String> component,
            Optional<String> problem) {

        Optional<PackageName> name() {
            return component.flatMap(PackageName::parse);
        }

        /** The URL of the package as a waiver names it. */
        String packageUrl() {
            return plain(component.orElseThrow());
        }
    }

    VexClaim claim(About about) {
        Set<String> ids = new HashSet<>();
        ids.add(vulnerability.toLowerCase(Locale.ROOT));
        aliases.forEach(alias -> ids.add(alias.toLowerCase(Locale.ROOT)));
        return new VexClaim(
                json.path(), vulnerability + " in " + about.said(), time, status, ids, about.image(), about.name());
    }

    /** Why nothing that the statement says can be a waiver. */
    Optional<String> problem() throws InvalidInputException {
        try {
            VulnerabilityId.require(vulnerability);
        } catch (InvalidInputException e) {
            return Optional.of("its vulnerability is none that a scanner reports");
        }
        Optional<String> word = json.optionalString("justification");
        if (status.equals(OpenVex.NOT_AFFECTED)
                && word.isEmpty()
                && json.optionalString("impact_statement").isEmpty()) {
            return Optional.of("gives neither justification nor impact_statement");
        }
        return word.isPresent() && justification().isEmpty()
                ? Optional.of("'" + word.get() + "' is no justification of OpenVEX")
                : Optional.empty();
    }

    Optional<VexJustification> justification() throws InvalidInputException {
        return status.equals(OpenVex.NOT_AFFECTED)
                ? json.optionalString("justification").flatMap(VexJustification::of)
                : Optional.empty();
    }

    /** What the document says and who says it. */
    String reason() throws InvalidInputException {
        return clean(author + " says " + status
                + json.optionalString("justification")
                        .map(word -> " (" + word + ")")
                        .orElse("")
                + json.optionalString("impact_statement")
                        .map(text -> ": " + text)
                        .orElse("")
                + json.optionalString("status_notes").map(text -> "; " + text).orElse(""));
    }

    /** A text of the document on one line, bounded, and without characters that YAML does not know. */
    static String clean(String text) {
        String line = AirworthyException.oneLine(text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text);
        StringBuilder defined = new StringBuilder();
        line.codePoints().map(c -> Character.isDefined(c) ? c : '?').forEach(defined::appendCodePoint);
        return defined.toString();
    }

    /** The products, each with each of its components. */
    List<About> about() throws InvalidInputException {
        List<About> all = new ArrayList<>();
        for (JsonObject product : json.objects("products")) {
            List<JsonObject> components = product.objects("subcomponents");
            Optional<String> url = url(product);
            Optional<ImageUrl> image = url.flatMap(ImageUrl::parse);
            if (components.isEmpty()) {
                all.add(image.isPresent() ? whole(product, image.get()) : alone(product, url));
            }
            for (JsonObject component : components) {
                all.add(part(product, image, component));
            }
        }
        if (all.isEmpty()) {
            String problem = "names no product";
            all.add(new About(
                    "no product", Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(problem)));
        }
        return all;
    }

    private static About whole(JsonObject product, ImageUrl image) throws InvalidInputException {
        String problem = "is about the image as a whole, a waiver about one package";
        return new About(
                written(product), image.repository(), image.narrowed(), Optional.empty(), Optional.of(problem));
    }

    private static About alone(JsonObject product, Optional<String> url) throws InvalidInputException {
        return new About(written(product), Optional.empty(), Optional.empty(), url, unnamed(url));
    }

    private static About part(JsonObject product, Optional<ImageUrl> image, JsonObject component)
            throws InvalidInputException {
        Optional<String> url = url(component);
        Optional<String> problem = image.isEmpty()
                ? Optional.of("holds within a product that is no image, and a waiver cannot say that")
                : unnamed(url);
        return new About(
                written(component) + " of " + written(product),
                image.flatMap(ImageUrl::repository),
                image.flatMap(ImageUrl::narrowed),
                url,
                problem);
    }

    /** A URL without qualifiers and subpath. */
    private static String plain(String url) {
        return url.replaceAll("[?#].*", "");
    }

    private static Optional<String> unnamed(Optional<String> url) {
        Optional<PackageName> name = url.flatMap(PackageName::parse);
        try {
            Waiver.requirePackage(url.map(VexStatement::plain).orElse("*"));
        } catch (InvalidInputException e) {
            name = Optional.empty();
        }
        if (name.isEmpty()) {
            return Optional.of("names no package by a package URL that can be read");
        }
        String type = name.get().type();
        return type.equals("oci") || type.equals("docker")
                ? Optional.of("names an image where a package is needed")
                : Optional.empty();
    }

    /** The package URL of a product or component; empty without one, or with two that differ. */
    private static Optional<String> url(JsonObject thing) throws InvalidInputException {
        Optional<JsonObject> identifiers = thing.optionalObject("identifiers");
        Optional<String> named =
                identifiers.isEmpty() ? Optional.empty() : identifiers.get().optionalString("purl");
        Optional<String> id = thing.optionalString("@id").filter(text -> text.startsWith("pkg:"));
        if (named.isPresent() && id.isPresent() && !named.equals(id)) {
            return Optional.empty();
        }
        return named.or(() -> id).filter(text -> PLAIN_URL.matcher(text).matches());
    }

    private static String written(JsonObject thing) throws InvalidInputException {
        Optional<String> id = thing.optionalString("@id");
        return id.isPresent() ? id.get() : url(thing).orElse("an unnamed product");
    }
}
