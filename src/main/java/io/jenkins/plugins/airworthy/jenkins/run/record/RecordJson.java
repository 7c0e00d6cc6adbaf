package io.jenkins.plugins.airworthy.jenkins.run.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.policy.Decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes a run's record as JSON and reads it back, strictly. */
final class RecordJson {
    private RecordJson() {}

    static ObjectNode of(RunContents contents) {
        ObjectNode json = StrictJson.object();
        ArrayNode images = json.putArray("images");
        contents.images().forEach(image -> images.add(of(image)));
        ArrayNode verdicts = json.putArray("verdicts");
        contents.verdicts().forEach(verdict -> verdicts.add(of(verdict)));
        return json;
    }

    static RunContents read(JsonObject json) throws InvalidInputException {
        List<RecordedImage> images = new ArrayList<>();
        for (JsonObject image : json.objects("images")) {
            images.add(image(image, images.size() + 1));
        }
        List<VerdictEntry> verdicts = new ArrayList<>();
        for (JsonObject verdict : json.objects("verdicts")) {
            verdicts.add(verdict(verdict));
        }
        return new RunContents(images, verdicts);
    }

    private static ObjectNode of(RecordedImage image) {
        ObjectNode json = StrictJson.object();
        json.put("reference", image.reference().toString());
        json.put("digest", image.digest().toString());
        json.put("built", image.built());
        SightingJson.write(image, json);
        ArrayNode statements = json.putArray("statements");
        for (PendingStatement statement : image.statements()) {
            statements
                    .addObject()
                    .put("predicateType", statement.predicateType())
                    .put("subject", statement.subject().toString())
                    .put("payload", statement.payload().toString())
                    .put("role", statement.role().name())
                    .put("observer", statement.observer().toString())
                    .put("at", statement.at().toString())
                    .put("summary", statement.summary());
        }
        ArrayNode signatures = json.putArray("signatures");
        for (SignatureEntry signature : image.signatures()) {
            signatures
                    .addObject()
                    .put("predicateType", signature.predicateType())
                    .put("subject", signature.subject().toString())
                    .put("payload", signature.payload().toString())
                    .put("keyName", signature.keyName())
                    .put("fingerprint", signature.fingerprint())
                    .put("evidence", signature.evidence().toString())
                    .put("at", signature.at().toString());
        }
        return json;
    }

    private static ObjectNode of(VerdictEntry verdict) {
        ObjectNode json = StrictJson.object();
        json.put("image", verdict.image().toString());
        json.put("digest", verdict.digest().toString());
        verdict.target().ifPresent(target -> json.put("target", target.toString()));
        json.put("policy", verdict.policy());
        json.put("decision", verdict.decision().name());
        json.put("document", verdict.document().toString());
        json.put("at", verdict.at().toString());
        verdict.promotedTo().ifPresent(target -> json.put("promotedTo", target.toString()));
        return json;
    }

    private static RecordedImage image(JsonObject json, int place) throws InvalidInputException {
        List<PendingStatement> statements = new ArrayList<>();
        for (JsonObject statement : json.objects("statements")) {
            statements.add(new PendingStatement(
                    statement.string("predicateType"),
                    Digest.member(statement, "subject"),
                    Digest.member(statement, "payload"),
                    word(KeyRole.class, statement, "role"),
                    Observer.of(statement.string("observer"))
                            .orElseThrow(() -> statement.error("observer", "unknown observer")),
                    statement.instant("at"),
                    statement.string("summary")));
        }
        List<SignatureEntry> signatures = new ArrayList<>();
        for (JsonObject signature : json.objects("signatures")) {
            signatures.add(new SignatureEntry(
                    signature.string("predicateType"),
                    Digest.member(signature, "subject"),
                    Digest.member(signature, "payload"),
                    signature.string("keyName"),
                    signature.string("fingerprint"),
                    Digest.member(signature, "evidence"),
                    signature.instant("at")));
        }
        ImageReference reference = ImageReference.parse(json.string("reference"));
        return new RecordedImage(
                reference,
                Digest.member(json, "digest"),
                SightingJson.read(json, reference, place),
                statements,
                signatures);
    }

    private static VerdictEntry verdict(JsonObject json) throws InvalidInputException {
        return new VerdictEntry(
                ImageReference.parse(json.string("image")),
                Digest.member(json, "digest"),
                reference(json, "target"),
                json.optionalString("policy").orElse(""),
                word(Decision.class, json, "decision"),
                Digest.member(json, "document"),
                json.instant("at"),
                reference(json, "promotedTo"));
    }

    private static Optional<ImageReference> reference(JsonObject json, String name) throws InvalidInputException {
        Optional<String> text = json.optionalString(name);
        return text.isEmpty() ? Optional.empty() : Optional.of(ImageReference.parse(text.get()));
    }

    private static <E extends Enum<E>> E word(Class<E> type, JsonObject json, String name)
            throws InvalidInputException {
        String word = json.string(name);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(word)) {
                return constant;
            }
        }
        throw json.error(name, "unknown word '" + word + "'");
    }
}
