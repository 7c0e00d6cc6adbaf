package io.jenkins.plugins.airworthy.gate.cases;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Name;
import io.jenkins.plugins.airworthy.document.StrictYaml;
import io.jenkins.plugins.airworthy.document.YamlValue;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.policy.Decision;
import io.jenkins.plugins.airworthy.policy.read.YamlFields;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;
import io.jenkins.plugins.airworthy.sign.sigstore.CertificateTrust;
import io.jenkins.plugins.airworthy.sign.sigstore.SigstoreTrust;
import io.jenkins.plugins.airworthy.sign.sigstore.TrustedRoot;

import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the document of a case, with line and column in errors, and the files that it names. */
final class CaseReader {
    static final String VERSION = "airworthy/v1";
    static final String KIND = "PolicyCase";

    /** The folder with the saved evidence where the case does not name another. */
    static final String SAVED = "image";

    /** Maximum number of keys of one case. */
    static final int MAX_KEYS = 100;

    /** Maximum size of a key's file, in bytes. */
    private static final int MAX_KEY_BYTES = 64 * 1024;

    private final String document;
    private final YamlValue root;
    private final CaseFiles files;

    private CaseReader(String document, YamlValue root, CaseFiles files) {
        this.document = document;
        this.root = root;
        this.files = files;
    }

    /**
     * Reads a case.
     *
     * @param name how reports call it
     */
    static PolicyCase read(String name, Path file, CaseFiles files) throws AirworthyException {
        String document = file.toString();
        YamlValue root = StrictYaml.parse(CaseFiles.read(file, StrictYaml.MAX_BYTES), document);
        return new CaseReader(document, root, files).read(name);
    }

    private PolicyCase read(String name) throws AirworthyException {
        root.mapOf(Set.of("apiVersion", "kind", "image", "target", "time", "trust", "saved", "expect"));
        YamlFields.word(root.member("apiVersion"), List.of(VERSION));
        YamlFields.word(root.member("kind"), List.of(KIND));
        Instant time = YamlFields.checked(root.member("time"), CaseReader::time);
        Optional<YamlValue> target = root.optional("target");
        YamlValue trust = root.member("trust");
        trust.mapOf(Set.of("keys", "trustedRoot"));
        return new PolicyCase(
                name,
                YamlFields.checked(root.member("image"), ImageReference::parse),
                target.isEmpty()
                        ? Optional.empty()
                        : Optional.of(YamlFields.checked(target.get(), ImageReference::parse)),
                time,
                keys(trust),
                certificates(trust, time),
                saved(),
                expected(root.member("expect")));
    }

    private static Instant time(String text) throws InvalidInputException {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidInputException("expected a moment in UTC such as 2026-12-31T12:00:00Z", e);
        }
    }

    private List<TrustedKey> keys(YamlValue trust) throws AirworthyException {
        List<TrustedKey> keys = new ArrayList<>();
        Optional<YamlValue> written = trust.optional("keys");
        if (written.isPresent()) {
            if (written.get().map().size() > MAX_KEYS) {
                throw written.get().error("more than the allowed " + MAX_KEYS + " keys");
            }
            for (Map.Entry<String, YamlValue> key : written.get().map().entrySet()) {
                byte[] pem = file(key.getValue(), MAX_KEY_BYTES);
                keys.add(new TrustedKey(
                        Name.require(key.getKey(), "a key"),
                        VerificationKey.parse(
                                pem, document + ": " + key.getValue().text())));
            }
        }
        return keys;
    }

    private Optional<CertificateTrust> certificates(YamlValue trust, Instant time) throws AirworthyException {
        Optional<YamlValue> written = trust.optional("trustedRoot");
        if (written.isEmpty()) {
            return Optional.empty();
        }
        byte[] json = file(written.get(), TrustedRoot.MAX_BYTES);
        String what = document + ": " + written.get().text();
        return Optional.of(new SigstoreTrust(TrustedRoot.parse(json, what), Clock.fixed(time, ZoneOffset.UTC)));
    }

    private byte[] file(YamlValue name, int maxBytes) throws AirworthyException {
        String text = YamlFields.text(name);
        try {
            return files.read(text, maxBytes);
        } catch (InvalidInputException e) {
            throw name.error(e.getMessage());
        }
    }

    private Path saved() throws AirworthyException {
        Optional<YamlValue> written = root.optional("saved");
        try {
            Path folder = files.folder(written.isPresent() ? written.get().text() : SAVED);
            if (CaseFiles.kind(folder.resolve("oci-layout")).isEmpty()) {
                throw new InvalidInputException(folder + " has no saved evidence; 'airworthy verify --save' saves it");
            }
            return folder;
        } catch (InvalidInputException e) {
            throw written.orElse(root).error(e.getMessage());
        }
    }

    private static ExpectedVerdict expected(YamlValue expect) throws InvalidInputException {
        Set<String> known = new LinkedHashSet<>(ExpectedVerdict.NAMED.values());
        known.add("decision");
        expect.mapOf(known);
        YamlValue word = expect.member("decision");
        Decision decision =
                Decision.valueOf(YamlFields.word(word, List.of(Decision.PASSED.name(), Decision.FAILED.name())));
        Map<Status, Set<String>> items = new EnumMap<>(Status.class);
        for (Map.Entry<Status, String> named : ExpectedVerdict.NAMED.entrySet()) {
            Optional<YamlValue> ids = expect.optional(named.getValue());
            if (ids.isPresent() && ids.get().isList() && ids.get().list().isEmpty()) {
                throw ids.get().error("the list is empty: leave '" + named.getValue() + "' out, which means none");
            }
            if (ids.isPresent()) {
                items.put(named.getKey(), new LinkedHashSet<>(YamlFields.all(ids.get(), id -> id)));
            }
        }
        if (items.containsKey(Status.FAILED) == (decision == Decision.PASSED)) {
            throw word.error(
                    decision == Decision.PASSED
                            ? "an image that passes has no failed items"
                            : "'failed' is missing: name each item that is expected to fail, so that the case cannot"
                                    + " succeed for another reason");
        }
        return new ExpectedVerdict(decision, items);
    }
}
