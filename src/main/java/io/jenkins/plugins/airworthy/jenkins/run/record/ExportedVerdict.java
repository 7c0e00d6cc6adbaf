package io.jenkins.plugins.airworthy.jenkins.run.record;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

import java.util.List;

/** A verdict in the API of a run. Its JSON document has more details, and is read only for the request. */
@ExportedBean
public final class ExportedVerdict {
    private final int number;
    private final VerdictEntry verdict;
    private final ImageRecord record;

    ExportedVerdict(int number, VerdictEntry verdict, ImageRecord record) {
        this.number = number;
        this.verdict = verdict;
        this.record = record;
    }

    /** Its document is {@code verdicts/NUMBER.json}. */
    @Exported
    public int getNumber() {
        return number;
    }

    @Exported
    public String getImage() {
        return verdict.image().toString();
    }

    @Exported
    public String getDigest() {
        return verdict.digest().toString();
    }

    @Exported
    public String getTarget() {
        return verdict.target().map(Object::toString).orElse(null);
    }

    @Exported
    public String getPromotedTo() {
        return verdict.promotedTo().map(Object::toString).orElse(null);
    }

    @Exported
    public String getDecision() {
        return verdict.decision().name();
    }

    @Exported
    public String getEvaluatedAt() {
        return verdict.at().toString();
    }

    @Exported
    public String getPolicy() throws AirworthyException {
        return document().object("policy").string("name");
    }

    @Exported
    public String getMode() throws AirworthyException {
        return document().string("mode");
    }

    @Exported(inline = true)
    public List<ExportedItem> getItems() throws AirworthyException {
        return document().objects("items").stream().map(ExportedItem::new).toList();
    }

    private JsonObject document() throws AirworthyException {
        return new JsonObject("verdict " + number, "", record.verdict(number).json());
    }

    /** One item of the checklist. */
    @ExportedBean
    public static final class ExportedItem {
        private final JsonObject item;

        ExportedItem(JsonObject item) {
            this.item = item;
        }

        @Exported
        public String getId() throws InvalidInputException {
            return item.string("id");
        }

        @Exported
        public String getStatus() throws InvalidInputException {
            return item.string("status");
        }

        @Exported
        public String getReason() throws InvalidInputException {
            return item.string("reason");
        }

        @Exported
        public String getPlatform() throws InvalidInputException {
            return item.optionalString("platform").orElse(null);
        }

        @Exported
        public String getSigner() throws InvalidInputException {
            return item.optionalString("signer").orElse(null);
        }

        /** Who observed the content of that evidence; verdicts of older versions have only the older name. */
        @Exported
        public String getObserver() throws InvalidInputException {
            return item.has("observer") ? item.string("observer") : getObserved();
        }

        /** The same under the name that older readers know. */
        @Exported
        public String getObserved() throws InvalidInputException {
            return item.optionalString("observed").orElse(null);
        }

        @Exported
        public List<String> getEvidence() throws InvalidInputException {
            return item.strings("evidence");
        }
    }
}
