package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.NamePattern;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.policy.waiver.OpenVex;
import io.jenkins.plugins.airworthy.policy.waiver.ProposedWaiver;
import io.jenkins.plugins.airworthy.policy.waiver.VexProposals;
import io.jenkins.plugins.airworthy.policy.waiver.WaivedStatements;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code policy waivers}: proposes waivers from an OpenVEX document, or writes a policy's waivers as one. */
final class PolicyWaiversCommand extends Command {
    private final Argument from = optional(
            "--from-vex",
            "FILE",
            "An OpenVEX document: print what it says as waivers for a policy, and what no waiver can say.");

    private final Argument images = optional(
            "--images",
            "PATTERN",
            "With --from-vex: propose waivers for images of these names only, also where the document names no image.");

    private final Argument until = optional(
            "--until",
            "DATE",
            "With --from-vex: the last day of the waivers. Without it they have none, and no policy takes them.");

    private final Argument by =
            optional("--by", "NAME", "With --from-vex: who accepts them. Without it no policy takes them.");

    private final Argument to =
            optional("--to-vex", "POLICY", "A policy: write its waivers of the images as an OpenVEX document.");

    private final Argument image = repeated(
            "--image",
            "REF",
            "With --to-vex: the image that the document is about, with its digest if it is about no other. May be given several times.");

    @Override
    List<String> examples() {
        return List.of(
                "  airworthy policy waivers --from-vex supplier.openvex.json \\",
                "      --images 'registry.example.com/staging/shop/*' --until 2027-01-31 --by alice",
                "  airworthy policy waivers --to-vex production.yaml \\",
                "      --image registry.example.com/staging/shop/app -o shop.openvex.json");
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException {
        if (from.given() == to.given()) {
            throw new InvalidInputException("name one of --from-vex and --to-vex");
        }
        Argument alien = from.given() ? image : images.given() ? images : until.given() ? until : by;
        if (alien.given()) {
            throw new InvalidInputException(alien.name() + " needs " + (from.given() ? to : from).name());
        }
        return from.given() ? proposals(environment) : statements(environment, progress);
    }

    private Report proposals(CommandEnvironment environment) throws AirworthyException {
        Optional<NamePattern> pattern =
                images.given() ? Optional.of(NamePattern.ofImages(images.text())) : Optional.empty();
        if (pattern.isPresent() && !pattern.get().captures().isEmpty()) {
            throw new InvalidInputException("--images: {} binds nothing here; write * or **");
        }
        LocalDate today = LocalDate.ofInstant(environment.clock().instant(), ZoneOffset.UTC);
        WaiverText text = WaiverText.of(until.value(), by.value(), today);
        InputFile file = InputFile.of(from.name(), from.text());
        VexProposals read = OpenVex.read(file.read(OpenVex.MAX_BYTES), file.toString(), pattern);
        ObjectNode document = StrictJson.object().put("schemaVersion", 1);
        ArrayNode waivers = document.putArray("waivers");
        for (ProposedWaiver waiver : read.waivers()) {
            waivers.add(text.document(waiver));
        }
        read.unused().forEach(document.putArray("unused")::add);
        return Report.done(document, page -> {
            page.line("# " + Count.of(read.waivers().size(), "waiver") + " proposed by " + file
                    + "; whoever puts one into a policy accepts it, and answers for it");
            if (!read.waivers().isEmpty()) {
                page.line("# paste this below 'spec:'; without its first line if there are 'waivers:' already");
                page.line("  waivers:");
            }
            read.waivers().forEach(waiver -> text.lines(waiver).forEach(page::line));
            if (!read.unused().isEmpty()) {
                page.line("# not proposed:");
            }
            read.unused().forEach(line -> page.line("#   " + line));
        });
    }

    private Report statements(CommandEnvironment environment, Progress progress) throws AirworthyException {
        Policy policy = GateOptions.read(to.name(), to.text());
        List<RegistryReference> about = new ArrayList<>();
        for (String reference : image.values()) {
            if (!(ImageReference.parse(reference) instanceof RegistryReference registry)) {
                throw new InvalidInputException(image.name() + " '" + reference
                        + "': a folder has no name that others know; name the image in its registry");
            }
            about.add(registry);
        }
        if (about.isEmpty()) {
            throw new InvalidInputException(
                    "--to-vex needs --image: OpenVEX speaks of images, not of patterns of names");
        }
        WaivedStatements vex = WaivedStatements.of(
                policy.waivers(),
                about,
                "policy " + policy.name(),
                environment.clock().instant());
        vex.left().forEach(progress::say);
        if (vex.written() == 0) {
            throw new InvalidInputException(
                    "no waiver of policy '" + policy.name() + "' that has not ended is for " + about.get(0)
                            + (about.size() > 1 ? " or another of the images" : "") + " and names a package URL");
        }
        return Report.done(vex.document(), page -> page.json(vex.document()));
    }
}
