package io.jenkins.plugins.airworthy.jenkins.run.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import jakarta.servlet.http.HttpServletResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.GET;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Serves the documents of a run's verdicts: {@code 1.json} and so on. Refuses every other name. */
public final class VerdictFiles {
    private static final Pattern NAME = Pattern.compile("/([1-9][0-9]{0,3})\\.json");

    private final ImageRecord record;

    VerdictFiles(ImageRecord record) {
        this.record = record;
    }

    @GET
    public void doDynamic(StaplerRequest2 request, StaplerResponse2 response) throws IOException, AirworthyException {
        Matcher name = NAME.matcher(String.valueOf(request.getRestOfPath()));
        if (!name.matches()
                || Integer.parseInt(name.group(1)) > record.verdicts().size()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        ObjectNode document = record.verdict(Integer.parseInt(name.group(1))).json();
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getOutputStream().write(StrictJson.write(document));
    }
}
