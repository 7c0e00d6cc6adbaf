package io.jenkins.plugins.airworthy.testing.structure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.testing.structure.MadeImage.Kind;
import io.jenkins.plugins.airworthy.testing.structure.MadeImage.Part;

import java.util.List;

/** Differences that chance seldom meets. */
final class StructureExamples {
    private StructureExamples() {}

    static List<StructureCase> all() {
        return List.of(
                one(
                        "/d/x",
                        "",
                        List.of(
                                List.of(part(Kind.DIRECTORY, "d", ""), part(Kind.FILE, "d/x", "")),
                                List.of(part(Kind.WHITEOUT, "d", "")),
                                List.of(part(Kind.DIRECTORY, "d", "")))),
                one(
                        "/f",
                        "-rwxr-xr-x",
                        List.of(List.of(part(Kind.FILE, "f", ""), new Part(Kind.HARD_LINK, "", "g", "f", 0600, 0, 0)))),
                one(
                        "/f",
                        "-rwxr-xr-x",
                        List.of(
                                List.of(part(Kind.FILE, "f", "")),
                                List.of(part(Kind.WHITEOUT, "f", ""), part(Kind.FILE, "f", "")))),
                one(
                        "/l/made",
                        "-rwxr-xr-x",
                        List.of(List.of(
                                part(Kind.DIRECTORY, "made-d", ""),
                                part(Kind.FILE, "made-d/made", ""),
                                part(Kind.SYMBOLIC_LINK, "l", "/made-d")))),
                one("/loop/x", "", List.of(List.of(part(Kind.SYMBOLIC_LINK, "loop", "loop")))),
                one("/", "drwxr-xr-x", List.of(List.of(part(Kind.FILE, "f", "")))));
    }

    private static Part part(Kind kind, String path, String text) {
        return new Part(kind, "", path, text, 0755, 0, 0);
    }

    /** Without permissions the path should not exist. */
    private static StructureCase one(String path, String permissions, List<List<Part>> layers) {
        ObjectNode file = StructureCases.file();
        ObjectNode test =
                file.putArray("fileExistenceTests").addObject().put("name", "t").put("path", path);
        if (permissions.isEmpty()) {
            test.put("shouldExist", false);
        } else {
            test.put("permissions", permissions);
        }
        ObjectNode config = StrictJson.object();
        config.putArray("Env");
        return new StructureCase(new MadeImage(layers, config), List.of(file));
    }
}
