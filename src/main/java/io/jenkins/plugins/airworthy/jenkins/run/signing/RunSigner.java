package io.jenkins.plugins.airworthy.jenkins.run.signing;

import hudson.model.Run;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;
import io.jenkins.plugins.airworthy.jenkins.config.Registries;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRing;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.key.OfferedKey;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.jenkins.run.origin.RunOrigin;
import io.jenkins.plugins.airworthy.jenkins.run.record.ImageRecord;
import io.jenkins.plugins.airworthy.jenkins.run.record.RecordedImage;
import io.jenkins.plugins.airworthy.jenkins.run.record.SignatureEntry;
import io.jenkins.plugins.airworthy.jenkins.run.record.SignedImage;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceWriter;
import io.jenkins.plugins.airworthy.sign.bundle.EvidenceFormat;
import io.jenkins.plugins.airworthy.sign.bundle.StatementSigner;

import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The only place on the controller that makes signatures and decides whether they are allowed. Refuses images and statements that
 * this run did not build or observe, and runs of a kind that the key does not accept. It decides before it makes the first
 * signature.
 */
public final class RunSigner {
    private final Run<?, ?> run;
    private final Clock clock = Clock.systemUTC();

    /** A signer for one run. */
    public RunSigner(Run<?, ?> run) {
        this.run = run;
    }

    /**
     * Signs the image, its provenance and every statement of the run about it that is not signed yet, and attaches them.
     *
     * @param keyNameOrNull the key to use; null for the first one offered that fits
     */
    public SignedImage sign(RecordedImage image, String keyNameOrNull, Progress progress)
            throws AirworthyException, InterruptedException {
        ImageRecord record = ImageRecord.of(run);
        RecordedImage current = record.current(image);
        SigningPlan plan = SigningPlan.of(current);
        if (plan.tasks().isEmpty()) {
            if (keyNameOrNull != null) {
                AirworthyConfiguration.get().keyRing().requireOffered(keyNameOrNull, run.getParent());
            }
            progress.say("everything that this run knows about " + current.pinned() + " is signed already");
            return new SignedImage(current.pinned(), current.digest(), current.signatures());
        }
        progress.say(
                current.made()
                        ? "signing " + current.pinned()
                        : current.pinned()
                                + " was not built by this run: what it observed is signed, the image is not");
        Map<KeyRole, LoggedSigner> keys = keys(plan.toAccept(RunOrigin.of(run).kinds()), current, keyNameOrNull);
        List<SignatureEntry> made = new ArrayList<>();
        Registries registries = Registries.current();
        try (ImageStore store = registries.controllerStores(run).open(current.pinned())) {
            Signing signing = Signing.of(store, current, clock);
            for (SigningPlan.Task task : plan.tasks()) {
                Statement statement = task.statement().isPresent()
                        ? record.statement(task.statement().get())
                        : EvidenceWriter.signatureOf(subject(current), Optional.of(now(Observer.CONTROLLER)));
                made.add(attach(record, current, signing, statement, keys.get(task.role()), progress));
            }
        }
        return new SignedImage(current.pinned(), current.digest(), made);
    }

    /** Signs a job's own statement. Refuses the predicate types that the product itself makes. */
    public SignedImage attest(
            RecordedImage image, String predicateType, byte[] predicate, String keyNameOrNull, Progress progress)
            throws AirworthyException, InterruptedException {
        PredicateTypes.requireOwn(predicateType, "predicateType");
        ImageRecord record = ImageRecord.of(run);
        RecordedImage current = record.current(image);
        Statement statement = new Statement(
                subject(current),
                Optional.of(now(Observer.IMPORTED)),
                predicateType,
                StrictJson.parseObject(predicate, "the predicate's file", Statement.MAX_BYTES)
                        .node());
        LoggedSigner key = keys(
                        Map.of(
                                KeyRole.ATTESTATION,
                                current.kinds(RunOrigin.of(run).kinds())),
                        current,
                        keyNameOrNull)
                .get(KeyRole.ATTESTATION);
        Registries registries = Registries.current();
        try (ImageStore store = registries.controllerStores(run).open(current.pinned())) {
            Signing signing = Signing.of(store, current, clock);
            return new SignedImage(
                    current.pinned(),
                    current.digest(),
                    List.of(attach(record, current, signing, statement, key, progress)));
        }
    }

    private static SignatureEntry attach(
            ImageRecord record,
            RecordedImage image,
            Signing signing,
            Statement statement,
            LoggedSigner key,
            Progress progress)
            throws AirworthyException, InterruptedException {
        SignatureEntry made = signing.attach(statement, key);
        record.signed(image, made);
        progress.say(
                "signed " + made.predicateType() + " about " + made.subject().abbreviated() + " with " + key);
        return made;
    }

    private Map<KeyRole, LoggedSigner> keys(
            Map<KeyRole, Set<RunKind>> wanted, RecordedImage image, String keyNameOrNull)
            throws AirworthyException, InterruptedException {
        KeyRing ring = AirworthyConfiguration.get().keyRing();
        Map<KeyRole, OfferedKey> found = KeySelection.of(
                wanted,
                (role, toAccept) -> ring.signingKey(
                        keyNameOrNull, role, run.getParent(), image.reference(), image.built(), toAccept));
        Map<KeyRole, LoggedSigner> keys = new EnumMap<>(KeyRole.class);
        String repository = image.reference().repository();
        EvidenceFormat format = Registries.current().evidenceFormat(image.pinned());
        Map<String, StatementSigner> opened = new HashMap<>();
        for (Map.Entry<KeyRole, OfferedKey> entry : found.entrySet()) {
            OfferedKey key = entry.getValue();
            if (key.isKeyless()) {
                keys.put(entry.getKey(), LoggedSigner.open(key, run, repository, format));
                continue;
            }
            if (!opened.containsKey(key.fingerprint())) {
                opened.put(
                        key.fingerprint(),
                        key.signer(run, format, AirworthyConfiguration.get().getSigstore()));
            }
            keys.put(entry.getKey(), LoggedSigner.of(key, opened.get(key.fingerprint()), run, repository));
        }
        return keys;
    }

    private static Subject subject(RecordedImage image) {
        return new Subject(Optional.of(image.reference().repository()), image.digest());
    }

    private Observation now(Observer observer) {
        return new Observation(observer, clock.instant());
    }
}
