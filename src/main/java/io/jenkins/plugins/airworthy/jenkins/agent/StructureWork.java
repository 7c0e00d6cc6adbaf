package io.jenkins.plugins.airworthy.jenkins.agent;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import io.jenkins.plugins.airworthy.testing.TestReport;
import io.jenkins.plugins.airworthy.testing.TestReportJson;
import io.jenkins.plugins.airworthy.testing.structure.StructureTestRunner;
import io.jenkins.plugins.airworthy.testing.structure.StructureTests;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs structure tests on the layers of every platform's image: {@code {"platforms": [{"digest", "reports": [report]}]}}.
 *
 * @param image by digest
 */
record StructureWork(String image, List<TestFile> files, AgentStores stores) implements AgentWork {
    static final String PLATFORMS = "platforms";
    static final String DIGEST = "digest";
    static final String REPORTS = "reports";

    StructureWork {
        files = List.copyOf(files);
    }

    @Override
    public ObjectNode run(Progress progress) throws AirworthyException, InterruptedException {
        List<StructureTests> suites = new ArrayList<>();
        for (TestFile file : files) {
            suites.add(file.tests());
        }
        ObjectNode answer = StrictJson.object();
        ArrayNode platforms = answer.putArray(PLATFORMS);
        ImageReference asked = ImageReference.parse(image);
        try (ImageStore store = stores.open().open(asked)) {
            ResolvedImage whole = ImageReader.read(store, asked);
            whole.requireWhole("tested");
            for (PlatformImage platform : whole.platforms()) {
                ObjectNode entry =
                        platforms.addObject().put(DIGEST, platform.digest().toString());
                ArrayNode reports = entry.putArray(REPORTS);
                for (TestReport report : StructureTestRunner.run(store, platform, suites, progress)) {
                    reports.add(TestReportJson.write(report));
                }
            }
        }
        return answer;
    }
}
