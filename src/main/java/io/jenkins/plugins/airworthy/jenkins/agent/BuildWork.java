package io.jenkins.plugins.airworthy.jenkins.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.build.BuildRequest;
import io.jenkins.plugins.airworthy.build.BuiltImage;
import io.jenkins.plugins.airworthy.build.FileCopy;
import io.jenkins.plugins.airworthy.build.ImageBuilder;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.name.ImageReference;

import java.util.ArrayList;
import java.util.List;

/** Builds an image from files in the workspace. The answer is only its digest, {@code {"digest": "sha256:…"}}. */
record BuildWork(BuildInstructions instructions, String target, AgentStores stores) implements AgentWork {
    static final String DIGEST = "digest";

    @Override
    public ObjectNode run(Progress progress) throws AirworthyException, InterruptedException {
        WorkspacePaths workspace = WorkspacePaths.at(stores.workspace());
        BuildRequest asked = instructions.request();
        List<FileCopy> copies = new ArrayList<>();
        for (FileCopy copy : asked.copies()) {
            copies.add(new FileCopy(
                    workspace.resolve(copy.from(), "the file to copy"),
                    copy.to(),
                    copy.intoFolder(),
                    copy.fileMode(),
                    copy.owner()));
        }
        BuildRequest request =
                new BuildRequest(asked.base(), copies, asked.settings(), asked.platforms(), asked.created());
        BuiltImage built = new ImageBuilder(stores.open()).build(request, ImageReference.parse(target), progress);
        return StrictJson.object().put(DIGEST, built.descriptor().digest().toString());
    }
}
