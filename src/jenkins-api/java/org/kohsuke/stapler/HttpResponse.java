package org.kohsuke.stapler;

import java.io.IOException;

public interface HttpResponse {
    default void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node)
            throws IOException, jakarta.servlet.ServletException {
        throw new UnsupportedOperationException();
    }
}
