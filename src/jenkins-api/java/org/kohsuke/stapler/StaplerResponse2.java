package org.kohsuke.stapler;

import java.io.IOException;

public interface StaplerResponse2 {
    void setContentType(String type);

    void setHeader(String name, String value);

    void setStatus(int status);

    void sendError(int status) throws IOException;

    jakarta.servlet.ServletOutputStream getOutputStream() throws IOException;
}
