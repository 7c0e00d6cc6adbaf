package io.jenkins.plugins.airworthy.jenkins.form;

import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A required parameter of a request. Answers a request without it with status 400 and the parameter's name. */
public final class RequiredParameter {
    private RequiredParameter() {}

    /** The value. Check permissions before reading it. */
    public static String require(String value, String parameter) {
        if (value == null) {
            throw new Incomplete(parameter);
        }
        return value;
    }

    private static final class Incomplete extends HttpResponses.HttpResponseException {
        private static final long serialVersionUID = 1;
        private static final int BAD_REQUEST = 400;

        private final String parameter;

        Incomplete(String parameter) {
            this.parameter = parameter;
        }

        @Override
        public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node)
                throws IOException {
            response.setStatus(BAD_REQUEST);
            response.setContentType("text/plain;charset=UTF-8");
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.getOutputStream()
                    .write(("The parameter '" + parameter + "' is missing: send it, even if it is empty.\n")
                            .getBytes(StandardCharsets.UTF_8));
        }
    }
}
