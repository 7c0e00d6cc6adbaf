package io.jenkins.plugins.airworthy.jenkins.run.record;

import io.jenkins.plugins.airworthy.AirworthyException;
import jakarta.servlet.http.HttpServletResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.GET;

import java.io.IOException;
import java.util.Optional;

/** Serves a run's statements in full, each under the digest of its bytes: {@code <64 digits>.json}. Refuses every other name. */
public final class StatementFiles {
    private final ImageRecord record;

    StatementFiles(ImageRecord record) {
        this.record = record;
    }

    @GET
    public void doDynamic(StaplerRequest2 request, StaplerResponse2 response) throws IOException, AirworthyException {
        Optional<PendingStatement> entry = named(String.valueOf(request.getRestOfPath()));
        if (entry.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getOutputStream().write(record.statement(entry.get()).toBytes());
    }

    /** Looks a name up in the record; it is never used as a path. */
    private Optional<PendingStatement> named(String path) throws AirworthyException {
        return record.images().stream()
                .flatMap(image -> image.statements().stream())
                .filter(statement -> path.equals("/" + statement.payload().hex() + ".json"))
                .findFirst();
    }
}
