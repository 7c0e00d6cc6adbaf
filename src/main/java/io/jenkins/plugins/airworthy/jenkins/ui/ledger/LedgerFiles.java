package io.jenkins.plugins.airworthy.jenkins.ui.ledger;

import io.jenkins.plugins.airworthy.jenkins.config.ledger.ControllerLedger;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.GET;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The published files of the ledger, as any web server would give them: other tools verify them. */
public final class LedgerFiles {
    private static final int NOT_FOUND = 404;
    private static final Pattern PATH =
            Pattern.compile("/(checkpoint|(tile|index)(/[0-9a-zA-Z][0-9a-zA-Z.-]{0,63}){1,8})");

    private final Path log;

    LedgerFiles(ControllerLedger ledger) {
        this.log = ledger.published();
    }

    /** One file. The names of all others are refused, whatever is in the folder. */
    @GET
    public void doDynamic(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        String path = String.valueOf(request.getRestOfPath());
        Path file = log.resolve(path.substring(Math.min(1, path.length())));
        if (!PATH.matcher(path).matches() || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            response.sendError(NOT_FOUND);
            return;
        }
        response.setContentType(path.equals("/checkpoint") ? "text/plain; charset=utf-8" : "application/octet-stream");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        Files.copy(file, response.getOutputStream());
    }
}
