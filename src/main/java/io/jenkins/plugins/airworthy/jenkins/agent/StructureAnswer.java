package io.jenkins.plugins.airworthy.jenkins.agent;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import io.jenkins.plugins.airworthy.testing.TestReport;
import io.jenkins.plugins.airworthy.testing.TestReportJson;
import io.jenkins.plugins.airworthy.testing.structure.StructureTests;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads an agent's answer to {@link StructureWork}. Refuses platforms and tests other than the requested ones. */
final class StructureAnswer {
    private StructureAnswer() {}

    /** The reports by the platform's digest, in the image's order. */
    static Map<Digest, List<TestReport>> read(JsonObject answer, ResolvedImage image, List<StructureTests> suites)
            throws InvalidInputException {
        answer.allowOnly(Set.of(StructureWork.PLATFORMS));
        List<JsonObject> platforms = answer.objects(StructureWork.PLATFORMS);
        if (platforms.size() != image.platforms().size()) {
            throw answer.error(
                    StructureWork.PLATFORMS, "expected " + image.platforms().size());
        }
        Map<Digest, List<TestReport>> reports = new LinkedHashMap<>();
        for (int i = 0; i < platforms.size(); i++) {
            PlatformImage expected = image.platforms().get(i);
            JsonObject platform = platforms.get(i);
            platform.allowOnly(Set.of(StructureWork.DIGEST, StructureWork.REPORTS));
            if (!platform.string(StructureWork.DIGEST).equals(expected.digest().toString())) {
                throw platform.error(StructureWork.DIGEST, "expected " + expected.digest());
            }
            reports.put(expected.digest(), reports(platform, suites));
        }
        return reports;
    }

    private static List<TestReport> reports(JsonObject platform, List<StructureTests> suites)
            throws InvalidInputException {
        List<JsonObject> written = platform.objects(StructureWork.REPORTS);
        if (written.size() != suites.size()) {
            throw platform.error(StructureWork.REPORTS, "expected " + suites.size());
        }
        List<TestReport> reports = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            TestReport report = TestReportJson.read(written.get(i));
            suites.get(i).requireReport(report);
            reports.add(report);
        }
        return reports;
    }
}
