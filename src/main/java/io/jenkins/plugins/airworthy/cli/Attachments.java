package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceWriter;
import io.jenkins.plugins.airworthy.sign.bundle.StatementSigner;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Signs statements, attaches each to its image, and collects the results for the report. */
final class Attachments {
    private final List<Attached> attached = new ArrayList<>();

    private record Attached(String predicateType, Descriptor manifest) {}

    void attach(ImageStore store, Descriptor image, Statement statement, StatementSigner signer, Clock clock)
            throws AirworthyException, InterruptedException {
        Descriptor manifest = EvidenceWriter.attach(store, image, statement, signer, clock);
        attached.add(new Attached(statement.predicateType(), manifest));
    }

    void writeTo(ObjectNode document) {
        ArrayNode list = document.putArray("attached");
        for (Attached one : attached) {
            list.addObject()
                    .put("predicateType", one.predicateType())
                    .put("digest", one.manifest().digest().toString());
        }
    }

    void writeTo(TextReport page) {
        attached.forEach(one -> page.line(
                TextStyle.GOOD,
                "attached ",
                one.predicateType() + " as " + one.manifest().digest()));
    }
}
