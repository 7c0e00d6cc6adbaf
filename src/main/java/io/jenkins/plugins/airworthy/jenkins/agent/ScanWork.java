package io.jenkins.plugins.airworthy.jenkins.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.jenkins.config.AgentTrivy;
import io.jenkins.plugins.airworthy.scan.ScanRecord;
import io.jenkins.plugins.airworthy.scan.Scanner;
import io.jenkins.plugins.airworthy.scan.TrivySettings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Scans an image with the Trivy that the administrator set up. Refuses a program or cache in the workspace, where the build
 * writes. The answer is a {@link ScanRecord}.
 *
 * @param image by digest
 */
record ScanWork(String image, AgentTrivy trivy, AgentStores stores) implements AgentWork {

    @Override
    public ObjectNode run(Progress progress) throws AirworthyException, InterruptedException {
        TrivySettings settings = trivy.settings();
        if (!stores.workspace().isEmpty()) {
            WorkspacePaths workspace = WorkspacePaths.at(stores.workspace());
            refuseInside(workspace, settings.executable().path());
            refuseInside(workspace, settings.cache());
        }
        ImageReference asked = ImageReference.parse(image);
        try (ImageStore store = stores.open().open(asked)) {
            return ScanRecord.toJson(new Scanner(settings, InstantSource.system())
                    .scan(store, ImageReader.read(store, asked), progress));
        }
    }

    private static void refuseInside(WorkspacePaths workspace, Path place) throws AirworthyException {
        try {
            Path there = place;
            while (!Files.exists(there) && there.getParent() != null) {
                there = there.getParent();
            }
            if (there.toRealPath().startsWith(workspace.root())) {
                throw new InvalidInputException("'" + place + "' of Trivy's set-up is in the workspace, where the build"
                        + " can change it: an administrator has to choose another place");
            }
        } catch (IOException e) {
            throw new UndecidedException("'" + place + "' of Trivy's set-up cannot be read", e);
        }
    }
}
